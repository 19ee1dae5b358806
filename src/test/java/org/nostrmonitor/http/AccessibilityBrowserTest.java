package org.nostrmonitor.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nostrmonitor.http.view.Address;

/** WCAG 2.2 AA as far as axe sees it, of every page: wide and on a phone, light and dark. */
class AccessibilityBrowserTest {
    /** Relays that are up, down and new: others differ in their words. */
    private static final List<String> PAGES = Stream.concat(
                    DemoPages.SHARED.stream(),
                    Stream.of(DemoData.HEALTHY, DemoData.EXPIRED, DemoData.NEW).map(Address::path))
            .toList();

    @RegisterExtension
    static final DemoBrowser SITE = DemoBrowser.inTrouble();

    static List<String> pages() {
        return PAGES;
    }

    /** Only colours differ in the dark. */
    @ParameterizedTest
    @MethodSource("pages")
    void everyPageCanBeReadByEverybody(String path) {
        try (BrowserContext desk = SITE.context(1440, true)) {
            Page page = desk.newPage();
            DemoPages.open(page, SITE.origin() + path);
            assertThat(Axe.violations(page)).as("%s", path).isEmpty();
            page.emulateMedia(new EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            assertThat(Axe.ofColours(page)).as("%s in the dark", path).isEmpty();
            page.emulateMedia(new EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
            page.setViewportSize(360, 800);
            assertThat(Axe.ofLayout(page)).as("%s on a phone", path).isEmpty();
        }
    }
}
