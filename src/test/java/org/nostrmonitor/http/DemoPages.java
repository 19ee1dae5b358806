package org.nostrmonitor.http;

import com.microsoft.playwright.Page;
import java.util.List;
import org.nostrmonitor.http.view.Address;

/** Every kind of page over the made-up data, and how a browser waits for one. */
final class DemoPages {
    private static final String COMPARISON = "/compare?q=relay&relay=" + Address.encoded(DemoData.HEALTHY.value())
            + "&relay=" + Address.encoded(DemoData.EXPIRED.value());

    /** No page of a relay. */
    static final List<String> SHARED = List.of(
            "/", "/relays", "/relays?q=nothing-like-it", "/statistics", COMPARISON, "/system", "/api", "/no-such-page");

    static final List<String> OF_RELAYS = List.of(
            Address.path(DemoData.HEALTHY),
            Address.path(DemoData.EXPIRED),
            Address.path(DemoData.HOSTILE),
            Address.path(DemoData.LONG),
            Address.path(DemoData.NEW));

    static final List<String> ALL =
            List.of(SHARED, OF_RELAYS).stream().flatMap(List::stream).toList();

    private DemoPages() {}

    /** Goes there, and waits until all modules have started. */
    static void open(Page page, String url) {
        page.navigate(url);
        page.locator("html[data-ready]").waitFor();
    }
}
