package org.nostrmonitor.http;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The statistics in Chromium: a chart over time for each kind, with scripts and without. */
class StatisticsBrowserTest {
    private static final String RENEW = """
            async () => {
              const main = document.querySelector('script[src$="/main.js"]').src;
              await (await import(main.replace('main.js', 'renew.js'))).renew();
            }""";

    /** What stands below noon of 22 November. */
    private static final String TICK = """
            async () => {
              const main = document.querySelector('script[src$="/main.js"]').src;
              const { axis } = await import(main.replace('main.js', 'plotaxis.js'));
              const at = Date.parse('2026-11-22T12:00:00Z') / 1000;
              const u = { scales: { x: { min: at - 86400, max: at + 86400 } }, over: { clientWidth: 600 } };
              return axis(document.querySelector('.chart')).values(u, [at], 0, 50, 86400)[0];
            }""";

    @RegisterExtension
    static final DemoBrowser SITE = DemoBrowser.ofReaders();

    private static Locator drawn(Page page, String panel) {
        page.locator(panel + " .chart").scrollIntoViewIfNeeded();
        Locator chart = page.locator(panel + " .chart.drawn");
        chart.waitFor();
        return chart;
    }

    @Test
    void withoutScriptsEachKindHasItsLinesItsWordsAndItsNumbers() {
        try (BrowserContext plain = SITE.context(1440, false)) {
            Page page = plain.newPage();
            page.navigate(SITE.origin() + "/statistics");
            assertThat(page.locator(".chart > svg[role=img]")).hasCount(5);
            assertThat(page.locator("#software .chart > svg path[class^=l-c]")).hasCount(5);
            assertThat(page.locator("#software .legend > span").first()).hasText("strfry");
            assertThat(page.locator("#nip .legend > span").first()).hasText("NIP 1");
            page.locator("#software summary").click();
            // Of 31 days two were not counted: those are no rows.
            assertThat(page.locator("#software .chart tbody tr")).hasCount(29);
            assertThat(page.locator("#software .chart tbody tr th").last()).hasText("22 Nov");
            assertThat(page.locator("#software .trends tbody tr").first())
                    .hasText(Pattern.compile("^strfry\\s*\\d+\\s*\\d+\\.\\d %\\s*\\+\\d+$"));

            page.locator(".seg a", new Page.LocatorOptions().setHasText("1 y")).click();
            assertThat(page).hasURL(Pattern.compile("/statistics\\?range=1y$"));
            assertThat(page.locator("#software .chart tbody tr")).hasCount(39);
        }
    }

    @Test
    void chartsComeAliveInTheirPlaceAndNothingMoves() {
        try (BrowserContext plain = SITE.context(1440, false);
                BrowserContext desk = SITE.context(1440, true)) {
            Page before = plain.newPage();
            before.navigate(SITE.origin() + "/statistics");
            List<String> complaints = new ArrayList<>();
            desk.addInitScript(ModulesBrowserTest.WATCH_SHIFTS);
            Page page = desk.newPage();
            Chromium.watch(page, SITE.origin(), complaints);
            DemoPages.open(page, SITE.origin() + "/statistics");
            for (String panel : List.of("#software", "#nip", "#country", "#asn", "#network")) {
                drawn(page, panel);
                assertThat(page.locator(panel).boundingBox().height)
                        .as(panel)
                        .isEqualTo(before.locator(panel).boundingBox().height);
            }
            assertThat((List<?>) page.evaluate("window.shifts")).isEmpty();
            assertThat(complaints).isEmpty();
        }
    }

    @Test
    void chartsAndTablesOfNeighboursBeginAtTheSameHeight() {
        try (BrowserContext plain = SITE.context(1440, false)) {
            Page page = plain.newPage();
            page.navigate(SITE.origin() + "/statistics");
            for (String what : List.of(".chart", ".trends")) {
                assertThat(page.locator("#software " + what).boundingBox().y)
                        .as(what)
                        .isEqualTo(page.locator("#nip " + what).boundingBox().y);
            }
            double right = page.locator("#nip").boundingBox().x;
            assertThat(page.locator("#network .trends").boundingBox().x).isEqualTo(right);
        }
    }

    /** Kiritimati is fourteen hours ahead: there it is the next day already. */
    @Test
    void theKeyboardReadsDaysThatAreUTCWhereverTheReaderIs() {
        try (BrowserContext far =
                SITE.context(new NewContextOptions().setViewportSize(1440, 800).setTimezoneId("Pacific/Kiritimati"))) {
            Page page = far.newPage();
            page.navigate(SITE.origin() + "/statistics");
            Locator chart = drawn(page, "#software");
            chart.locator(".zoomed").focus();
            page.keyboard().press("ArrowLeft");
            assertThat(chart.locator("output")).hasText(Pattern.compile("^22 Nov · strfry \\d+ · .* · khatru \\d+$"));
            page.keyboard().press("ArrowLeft");
            assertThat(chart.locator("output")).hasText(Pattern.compile("^21 Nov · strfry .*"));
            assertThat(chart.locator("output bdi")).hasCount(5);
            assertThat(page.evaluate(TICK)).isEqualTo("22 Nov");
        }
    }

    @Test
    void aPageThatStaysOpenFollowsWhatIsCounted() throws Exception {
        try (DemoClient own = new DemoClient(DemoData.relays());
                BrowserContext desk = SITE.context(1440, true)) {
            List<String> complaints = new ArrayList<>();
            own.site.statistics.most = 3;
            Page page = desk.newPage();
            Chromium.watch(page, own.origin(), complaints);
            DemoPages.open(page, own.origin() + "/statistics");
            Locator chart = drawn(page, "#software");
            assertThat(chart.locator(".legend > span")).hasCount(3);
            for (int lines : new int[] {5, 2}) {
                own.site.statistics.most = lines;
                own.later(java.time.Duration.ofSeconds(10));
                page.evaluate(RENEW);
                assertThat(chart.locator(".legend > span")).hasCount(lines);
                assertThat(chart.locator(".u-cursor-pt")).hasCount(lines);
                assertThat(page.locator("#software .trends tbody tr")).hasCount(lines);
                chart.locator(".zoomed").focus();
                page.keyboard().press("ArrowLeft");
                assertThat(chart.locator("output bdi")).hasCount(lines);
                page.locator("h1").click();
            }
            assertThat(complaints).isEmpty();
        }
    }

    @Test
    void aPhoneHasOneColumnAndNothingToTheSide() {
        try (BrowserContext phone = SITE.context(360, true)) {
            Page page = phone.newPage();
            for (String path : List.of("/statistics", "/statistics?range=1y")) {
                page.navigate(SITE.origin() + path);
                drawn(page, "#software");
                Object over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
                assertThat(((Number) over).intValue()).as(path).isZero();
                assertThat(page.locator("#nip").boundingBox().x)
                        .isEqualTo(page.locator("#software").boundingBox().x);
            }
        }
    }
}
