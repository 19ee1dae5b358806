package org.nostrmonitor.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.nostrmonitor.bus.Messages;
import org.nostrmonitor.bus.Messages.CheckRequested;
import org.nostrmonitor.bus.Messages.Ticket;
import org.nostrmonitor.http.view.Address;
import org.nostrmonitor.queue.QueueView.JobStatus;
import org.nostrmonitor.queue.QueueView.Where;

/** The page of one relay in Chromium, with its modules and without. */
class RelayBrowserTest {
    private static final String HEALTHY = Address.path(DemoData.HEALTHY);
    private static final String CHART = "#history .chart";
    private static final int NEARLY = 2;

    @TempDir
    static Path directory;

    @RegisterExtension
    static final DemoBrowser SITE = DemoBrowser.ofAdmins();

    private static Page page(BrowserContext context, String path) {
        Page page = context.newPage();
        page.navigate(SITE.origin() + path);
        return page;
    }

    /** With uPlot in the place of the chart. */
    private static Page drawn(BrowserContext context, String path) {
        Page page = page(context, path);
        page.locator(CHART).scrollIntoViewIfNeeded();
        page.waitForSelector(CHART + ".drawn canvas");
        return page;
    }

    private static BoundingBox box(Locator locator) {
        BoundingBox box = locator.boundingBox();
        assertThat(box).isNotNull();
        return box;
    }

    @Test
    void withoutScriptsTheChartIsAnImageAndItsNumbersAreBelow() {
        try (BrowserContext plain = SITE.context(1440, false)) {
            Page page = page(plain, HEALTHY);
            page.locator("#history .seg >> text=7 d").click();

            assertThat(page.url()).endsWith(HEALTHY + "?range=7d#history");
            assertThat(page.locator("#history .seg [aria-current]").allInnerTexts())
                    .containsExactly("open", "7 d");
            assertThat(page.locator(CHART + " > svg[role=img]").isVisible()).isTrue();
            page.locator(CHART + " summary").click();
            assertThat(page.locator(CHART + " tbody tr").count()).isEqualTo(169);
            assertThat(page.locator(CHART + " tbody tr").last().innerText())
                    .matches("(?s)16:00\\s+\\d+ ms\\s+\\d+ ms\\s+2 of 2\\s+100\\.00 %");
            page.locator("#history .seg >> text=read").click();
            assertThat(page.url()).endsWith("?range=7d&phase=read#history");
            assertThat(page.locator("#h-hist").innerText()).isEqualTo("Time to read, eu-west");
        }
    }

    @Test
    void theModulesChartIsOfTheSameSizeInTheSamePlace() {
        try (BrowserContext plain = SITE.context(1000, false);
                BrowserContext desk = SITE.context(1000, true)) {
            Page before = page(plain, HEALTHY + "?range=30d");
            Page after = drawn(desk, HEALTHY + "?range=30d");
            for (String what : List.of(CHART, "#incidents", "#embed .copy", "#event")) {
                assertThat(box(after.locator(what).first()).height)
                        .as(what)
                        .isCloseTo(box(before.locator(what).first()).height, org.assertj.core.data.Offset.offset(0.5));
            }
            assertThat(Axe.ofLayout(after)).isEmpty();
        }
    }

    @Test
    void thePointerReadsValuesAndZoomsAndTheButtonGoesBack() {
        try (BrowserContext desk = SITE.context(1440, true)) {
            Page page = drawn(desk, HEALTHY + "?range=30d");
            Locator over = page.locator(CHART + " .u-over");
            Locator told = page.locator(CHART + " output");
            BoundingBox box = box(over);
            page.mouse().move(box.x + 1, box.y + 50);
            String first = told.innerText();
            assertThat(first)
                    .matches("23 Oct, .* · median \\d+ ms · 95th percentile \\d+ ms · Answered .* · Up .*")
                    .contains(page.locator(CHART + " tbody tr time").first().textContent());

            page.mouse().move(box.x + box.width / 2, box.y + 50);
            page.mouse().down();
            page.mouse().move(box.x + box.width * 0.75, box.y + 60);
            page.mouse().up();
            Locator back = page.locator(CHART + " button");
            assertThat(back.isVisible()).isTrue();
            page.mouse().move(box.x + NEARLY, box.y + 50);
            assertThat(told.innerText()).startsWith("7 Nov, ");

            back.click();
            assertThat(back.isHidden()).isTrue();
            page.mouse().move(box.x + 1, box.y + 50);
            assertThat(told.innerText()).isEqualTo(first);
        }
    }

    @Test
    void theChartIsReadAndZoomedWithTheKeyboard() {
        try (BrowserContext desk = SITE.context(1440, true)) {
            Page page = drawn(desk, HEALTHY + "?range=7d");
            page.locator("#history .seg a").last().focus();
            page.keyboard().press("Tab");
            assertThat(page.evaluate("document.activeElement.className")).isEqualTo("zoomed");
            Locator told = page.locator(CHART + " output");
            page.keyboard().press("ArrowLeft");
            assertThat(told.innerText()).contains("16:00 · median");
            page.keyboard().press("ArrowLeft");
            assertThat(told.innerText()).contains("15:00 · median");
            page.keyboard().press("+");
            assertThat(page.locator(CHART + " button").isVisible()).isTrue();
            page.keyboard().press("Escape");
            assertThat(page.locator(CHART + " button").isHidden()).isTrue();
        }
    }

    @Test
    void aChartThatIsLookedAtForHoursGoesOnWithTheTime() throws Exception {
        try (DemoClient own = new DemoClient(DemoData.relays());
                BrowserContext desk = SITE.context(1440, true)) {
            Page page = desk.newPage();
            page.navigate(own.origin() + HEALTHY + "?range=7d");
            page.locator(CHART).scrollIntoViewIfNeeded();
            page.waitForSelector(CHART + ".drawn canvas");
            own.later(Duration.ofHours(2));
            page.evaluate("""
                    async () => {
                      const main = document.querySelector('script[src$="/main.js"]').src;
                      await (await import(main.replace('main.js', 'renew.js'))).renew();
                    }""");
            page.locator(CHART + " .zoomed").focus();
            page.keyboard().press("ArrowLeft");

            assertThat(page.locator(CHART + " output").innerText()).contains("18:00 · median");
            assertThat(page.locator(CHART + " canvas").count()).isEqualTo(1);
            assertThat(page.locator(CHART + " button").isHidden()).isTrue();
        }
    }

    @Test
    void theChartFollowsLightAndDarkAndTheWidthOfThePage() {
        try (BrowserContext desk = SITE.context(1440, true)) {
            Page page = drawn(desk, HEALTHY);
            String canvas = "document.querySelector('" + CHART + " canvas').toDataURL()";
            Object light = page.evaluate(canvas);
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            page.waitForFunction("light => " + canvas + " !== light", light);

            page.setViewportSize(360, 800);
            page.waitForFunction("document.querySelector('" + CHART + " canvas').clientWidth <= 328");
            Object over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
            assertThat(((Number) over).intValue()).isZero();
        }
    }

    @Test
    void snippetsAreCopiedAsTheyStandThere() {
        NewContextOptions options = new NewContextOptions()
                .setViewportSize(1440, 900)
                .setPermissions(List.of("clipboard-read", "clipboard-write"));
        try (BrowserContext desk = SITE.context(options)) {
            Page page = page(desk, HEALTHY);
            page.waitForSelector("#embed .copy button");
            page.locator("#embed .copy button").first().click();
            page.waitForSelector("#embed .copy button >> text=Copied");

            assertThat(page.evaluate("navigator.clipboard.readText()"))
                    .isEqualTo("[![relay](" + SITE.origin() + "/api/v1" + HEALTHY + "/badge.svg)](" + SITE.origin()
                            + HEALTHY + ")");
            assertThat(page.locator("#embed img").evaluate("img => img.naturalHeight"))
                    .isEqualTo(20);
        }
    }

    @Test
    void aQuarterHourIsNamedUnderThePointer() {
        try (BrowserContext desk = SITE.context(1440, true)) {
            Page page = page(desk, Address.path(DemoData.EXPIRED));
            page.waitForSelector(
                    "output.slot",
                    new Page.WaitForSelectorOptions()
                            .setState(com.microsoft.playwright.options.WaitForSelectorState.ATTACHED));
            Locator strip = page.locator(".days .strip.lg").first();
            strip.hover(new Locator.HoverOptions().setPosition(box(strip).width - NEARLY, 8));
            assertThat(page.locator("output.slot").innerText()).isEqualTo("16:30–16:45 offline");
            strip.hover(new Locator.HoverOptions().setPosition(NEARLY, 8));
            assertThat(page.locator("output.slot").innerText()).isEqualTo("16:45–17:00 well");
        }
    }

    @Test
    void checkNowShowsTheJobAndThenTheNewVerdictOnTheSamePage() throws Exception {
        try (DemoClient own = new DemoClient(DemoData.relays(), Tokens.file(directory));
                BrowserContext desk = SITE.context(1440, true)) {
            Page page = desk.newPage();
            page.navigate(own.origin() + HEALTHY);
            page.waitForSelector("html[data-ready]");
            page.evaluate("window.same = true");
            page.locator("#now summary").click();
            page.locator("#token-check").fill("not the token at all");
            page.locator("#now button").click();
            page.waitForSelector("#now [role=alert] >> text=This is not the admin token.");

            serveChecks(own);
            page.locator("#token-check").fill(Tokens.RIGHT);
            page.keyboard().press("Enter");
            page.waitForSelector("#now li >> text=A check from eu-west is queued since");
            assertThat(page.locator("#now button").isDisabled()).isTrue();
            String before = page.locator("#now li").innerText();
            assertThat(before).contains("queued");

            own.later(Duration.ofMinutes(3));
            own.site.queue.jobs.clear();
            page.waitForSelector("#now button:not([disabled])");
            assertThat(page.locator("#now li").count()).isZero();
            assertThat(page.evaluate("window.same")).isEqualTo(true);
            assertThat(page.locator("#token-check").inputValue()).isEmpty();
            assertThat(page.evaluate("document.activeElement.textContent")).isEqualTo("Check now");
        }
    }

    private static void serveChecks(DemoClient own) {
        own.site.bus.serve(Messages.CHECK_REQUESTED, request -> {
            own.site.queue.jobs.add(new JobStatus(
                    "eu-west", DemoClient.NOW, Where.QUEUED, "", DemoClient.NOW, DemoClient.NOW, 1, 0, ""));
            return Future.succeededFuture(new CheckRequested(true, List.of(new Ticket("eu-west", DemoClient.NOW))));
        });
    }

    @Test
    void theBrowserHasNothingToComplainAbout() {
        try (BrowserContext phone = SITE.context(360, true)) {
            List<String> complaints = new ArrayList<>();
            Page page = phone.newPage();
            Chromium.watch(page, SITE.origin(), complaints);
            for (String range : List.of("24h", "7d", "30d", "1y")) {
                page.navigate(SITE.origin() + HEALTHY + "?range=" + range);
                page.locator(CHART).scrollIntoViewIfNeeded();
                page.waitForSelector(CHART + ".drawn canvas");
                Object over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
                assertThat(((Number) over).intValue()).as(range).isZero();
            }
            assertThat(complaints).isEmpty();
        }
    }
}
