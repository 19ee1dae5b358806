package org.nostrmonitor.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nostrmonitor.http.view.Address;

/** What the modules add to a page, and what they must not: weight, jumps, and pages that depend on them. */
class ModulesBrowserTest {
    private static final int HEAVIEST = 150_000;

    /** Each shift with what moved, from the first moment on. */
    static final String WATCH_SHIFTS = """
            window.shifts = [];
            new PerformanceObserver(list => list.getEntries().forEach(shift => window.shifts.push(
                shift.value + ' ' + shift.sources.map(s => (s.node && (s.node.outerHTML || s.node.data) || '').slice(0, 200)
                    + ' from ' + JSON.stringify(s.previousRect) + ' to ' + JSON.stringify(s.currentRect)).join(' | '))))
                .observe({ type: 'layout-shift', buffered: true });""";

    private static final String PAINTED_TWICE =
            "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))";

    @RegisterExtension
    static final DemoBrowser SITE = DemoBrowser.inTrouble();

    @Test
    void everyPageWithAllThatItLoadsIsLightEnough() {
        for (String path :
                List.of("/", "/relays", "/statistics?range=1y", "/system", "/api", Address.path(DemoData.HEALTHY))) {
            try (BrowserContext fresh = SITE.context(1440, true)) {
                Page page = fresh.newPage();
                List<Request> loaded = new ArrayList<>();
                page.onRequestFinished(loaded::add);
                DemoPages.open(page, SITE.origin() + path);
                page.waitForLoadState();
                int bytes = loaded.stream()
                        .filter(request -> !request.url().contains("/api/v1/stream"))
                        .mapToInt(request -> request.sizes().responseBodySize)
                        .sum();
                assertThat(bytes).as("bytes of %s", path).isBetween(1_000, HEAVIEST);
            }
        }
    }

    @Test
    void nothingJumpsWhileModulesStart() {
        for (int width : new int[] {1440, 360}) {
            try (BrowserContext any = SITE.context(
                    new NewContextOptions().setViewportSize(width, 800).setTimezoneId("Australia/Lord_Howe"))) {
                any.addInitScript(WATCH_SHIFTS);
                Page page = any.newPage();
                for (String path : DemoPages.ALL) {
                    DemoPages.open(page, SITE.origin() + path);
                    page.evaluate(PAINTED_TWICE);
                    assertThat((List<?>) page.evaluate("window.shifts"))
                            .as("%s at %s", path, width)
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void aModuleThatFailsToLoadLeavesThePageAsItIs() {
        try (BrowserContext any = SITE.context(1440, true)) {
            Page page = any.newPage();
            page.route("**/time.js", route -> route.abort());
            DemoPages.open(page, SITE.origin() + "/system");
            assertThat(page.locator("[data-zone]").innerText()).isEqualTo("Times are UTC.");
            assertThat(page.locator(".foot time").innerText()).isEqualTo("16:37");
            assertThat(page.locator("h1").innerText()).contains("not well");
        }
    }

    /** The server wrote 16:37 on 22 November, and a cycle of 16:30. */
    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 2026-11-22T16:37:00Z, 17:37, CET",
        "America/New_York, 2026-11-22T16:37:00Z, 11:37, 'GMT-5|EST'",
        "Asia/Kathmandu, 2026-11-22T16:37:00Z, 22:22, 'GMT\\+5:45'",
        "Pacific/Kiritimati, 2026-11-22T16:37:00Z, 06:37, 'GMT\\+14'",
        "Pacific/Kiritimati, 2026-11-24T16:37:00Z, '23 Nov, 06:37', 'GMT\\+14'",
        "Etc/UTC, 2027-03-01T00:00:00Z, '22 Nov 2026, 16:37', UTC",
        // In summer the page of a day in winter has the clock of winter, and the zone line that of now.
        "Europe/Berlin, 2026-07-01T12:00:00Z, '22 Nov, 17:37', CEST",
    })
    void timesAreThoseOfTheReader(String zone, String now, String clock, String name) {
        try (BrowserContext reader = SITE.context(new NewContextOptions().setTimezoneId(zone))) {
            Page page = reader.newPage();
            page.clock().setFixedTime(now);
            DemoPages.open(page, SITE.origin() + "/relays");
            Locator time = page.locator(".foot time");
            assertThat(time.innerText()).isEqualTo(clock);
            assertThat(time.getAttribute("title")).isEqualTo("2026-11-22 16:37:00 UTC");
            assertThat(page.locator("[data-zone]").innerText())
                    .matches("Times are (" + name + ")(, UTC when pointed at)?\\.")
                    .isNotEqualTo("Times are UTC, UTC when pointed at.");
        }
    }

    @Test
    void aTimeInASentenceHasTheZoneOfItsMoment() {
        try (BrowserContext reader = SITE.context(new NewContextOptions().setTimezoneId("Europe/Berlin"))) {
            Page page = reader.newPage();
            page.clock().setFixedTime("2027-06-01T12:00:00Z");
            DemoPages.open(page, SITE.origin() + Address.path(DemoData.EXPIRED));
            assertThat(page.locator(".verdict time").innerText()).isEqualTo("22 Nov 2026, 15:35 CET");
        }
    }

    @Test
    void atMidnightOfTheReaderTheDayIsAdded() {
        try (BrowserContext reader = SITE.context(new NewContextOptions().setTimezoneId("Europe/Berlin"))) {
            Page page = reader.newPage();
            page.clock().install(new Clock.InstallOptions().setTime("2026-11-22T16:37:10Z"));
            DemoPages.open(page, SITE.origin() + "/relays");
            assertThat(page.locator(".foot time").innerText()).isEqualTo("17:37");
            page.clock().fastForward("06:30:00");
            assertThat(page.locator(".foot time").innerText()).isEqualTo("22 Nov, 17:37");
        }
    }
}
