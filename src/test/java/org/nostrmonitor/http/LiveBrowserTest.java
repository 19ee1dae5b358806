package org.nostrmonitor.http;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nostrmonitor.bus.Messages;
import org.nostrmonitor.bus.Messages.CheckCompleted;
import org.nostrmonitor.bus.Messages.CycleCompleted;
import org.nostrmonitor.http.view.Address;
import org.nostrmonitor.queue.QueueView.CycleProgress;
import org.nostrmonitor.queue.QueueView.QueueCounts;

/** Pages that are left open. The browser's clock is wound on, so that a day takes seconds; the server's stands still. */
class LiveBrowserTest {
    private static final int STEP_MS = 3_000;
    private static final int ROUNDS = 120;

    @TempDir
    static Path directory;

    private static Chromium browser;

    private DemoClient demo;
    private BrowserContext desk;
    private Page page;

    @BeforeAll
    static void launch() {
        browser = Chromium.launch();
    }

    @AfterAll
    static void close() {
        browser.close();
    }

    @BeforeEach
    void open() throws Exception {
        demo = new DemoClient(DemoData.relays());
        desk = browser.context(1440, true);
        page = desk.newPage();
        page.clock().install(new Clock.InstallOptions().setTime("2026-11-22T16:37:00Z"));
    }

    @AfterEach
    void leave() throws Exception {
        desk.close();
        demo.close();
    }

    /** Goes there, and waits until the stream is open. */
    private void look(String path) {
        page.waitForResponse(
                response -> response.url().contains("/api/v1/stream"),
                () -> DemoPages.open(page, demo.origin() + path));
    }

    private void cycleCompleted() {
        demo.site.bus.publish(
                Messages.CYCLE_COMPLETED,
                new CycleCompleted("eu-west", DemoClient.NOW.minusSeconds(420), 60, DemoClient.NOW));
    }

    /** Winds the clock of the page on until something is so. */
    private void until(BooleanSupplier reached) {
        long patience = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!reached.getAsBoolean()) {
            assertThat(System.nanoTime()).as("patience").isLessThan(patience);
            page.clock().runFor(STEP_MS);
        }
    }

    private String text(String selector) {
        return page.locator(selector).innerText();
    }

    /** A minute later at the server something is complete, and the page takes it over. */
    private void aMinuteLater() {
        demo.later(Duration.ofMinutes(1));
        cycleCompleted();
        String now = DemoClient.CLOCK.format(demo.time.get());
        until(() -> text("[data-live=now]").endsWith(now + "."));
    }

    private int streams() {
        return (int) demo.site.metrics.get("monitor.http.streams").gauge().value();
    }

    @Test
    void aPageThatIsLeftOpenDoesNotGrow() {
        desk.addInitScript(ModulesBrowserTest.WATCH_SHIFTS);
        demo.site.figures.figures.remove("cycle.eu-west");
        queued(100);
        look("/system");
        CDPSession tools = desk.newCDPSession(page);
        tools.send("Performance.enable");
        for (int i = 0; i < 10; i++) {
            aMinuteLater();
        }
        Map<String, Double> before = metrics(tools);
        for (int i = 0; i < ROUNDS; i++) {
            queued(101 + i);
            aMinuteLater();
        }
        assertThat(text("#queue tbody tr:first-child")).contains("" + (100 + ROUNDS));

        Map<String, Double> after = metrics(tools);
        assertThat(after.get("Nodes")).isLessThan(before.getOrDefault("Nodes", 0.0) * 1.1);
        assertThat(after.get("JSEventListeners")).isLessThanOrEqualTo(before.getOrDefault("JSEventListeners", 0.0) + 1);
        assertThat(after.get("JSHeapUsedSize")).isLessThan(before.getOrDefault("JSHeapUsedSize", 0.0) + 1_000_000);
        assertThat((List<?>) page.evaluate("window.shifts")).isEmpty();
    }

    private void queued(int jobs) {
        demo.site.queue.counts.put("eu-west", new QueueCounts(jobs, 3, 0, 0, 0, 0, Duration.ZERO));
    }

    /** After what is of no use is gone. */
    private static Map<String, Double> metrics(CDPSession tools) {
        tools.send("HeapProfiler.collectGarbage");
        Map<String, Double> metrics = new HashMap<>();
        tools.send("Performance.getMetrics").getAsJsonArray("metrics").forEach(metric -> {
            JsonObject one = metric.getAsJsonObject();
            metrics.put(one.get("name").getAsString(), one.get("value").getAsDouble());
        });
        return metrics;
    }

    @Test
    void theRunningCycleMovesByItself() {
        List<String> asked = new ArrayList<>();
        look("/system");
        assertThat(page.locator(".cycle progress").getAttribute("value")).isNotEqualTo("120");
        page.onRequest(request -> asked.add(request.url()));
        demo.site.queue.progress = new CycleProgress(0, DemoOperations.PLANNED, 0, true);
        demo.later(Duration.ofSeconds(5));

        assertThat(page.locator("tr[data-region=eu-west] progress")).hasJSProperty("value", 60);
        assertThat(page.locator(".cycle progress")).hasJSProperty("value", 120);
        assertThat(page.locator("tr[data-region=eu-west] [data-cycle=done]")).hasText("60 of 60");
        assertThat(text(".cycle")).contains("100 % checked");
        assertThat(asked).isEmpty();
    }

    @Test
    void whatTheReaderIsAtWaitsForTheReader() {
        demo.site.queue.bury("eu-west", DemoData.HOSTILE, "why");
        look("/system");
        Locator link = page.locator("#queue a[href='#dead']").first();
        link.focus();
        demo.site.queue.counts.put("us-east", new QueueCounts(4_321, 0, 0, 0, 0, 0, Duration.ZERO));
        aMinuteLater();
        assertThat(text("#queue")).doesNotContain("4,321");

        page.clock().fastForward(Duration.ofMinutes(2).toMillis());
        until(() -> text("#queue").contains("4,321"));
        assertThat(link).isFocused();
    }

    @Test
    void lostUpdatesAreSaidAndTakenUpAgain() {
        page.route("**/api/v1/stream*", route -> route.abort());
        DemoPages.open(page, demo.origin() + "/system");
        until(() -> text(".lost").startsWith("Live updates lost since 16:37, trying again."));

        demo.later(Duration.ofMinutes(1));
        until(() -> text("[data-live=now]").endsWith("16:38."));
        assertThat(text(".lost")).isNotEmpty();
        page.unroute("**/api/v1/stream*");
        until(() -> text(".lost").isEmpty());
        aMinuteLater();
    }

    @Test
    void nobodyListensForAPageThatIsHiddenOrLeft() {
        look("/");
        assertThat(streams()).isOne();
        hide(true);
        page.clock().runFor(40_000);
        page.waitForCondition(() -> streams() == 0);
        hide(false);
        until(() -> streams() == 1);
        aMinuteLater();
        page.evaluate("""
                () => {
                  const Source = EventSource;
                  window.EventSource = function (address) {
                    sessionStorage.setItem('opened', address);
                    return new Source(address);
                  };
                }""");
        page.navigate("about:blank");
        page.waitForCondition(() -> streams() == 0);
        DemoPages.open(page, demo.origin() + "/no-such-page");
        assertThat(page.evaluate("sessionStorage.getItem('opened')")).isNull();
    }

    private void hide(boolean hidden) {
        page.evaluate("""
                hidden => {
                  Object.defineProperty(document, 'hidden', { configurable: true, value: hidden });
                  document.dispatchEvent(new Event('visibilitychange'));
                }""", hidden);
    }

    @Test
    void thePageOfARelayHearsOfItsOwnChecksOnly() {
        look(Address.path(DemoData.HEALTHY));
        check("wss://other.example/");
        page.clock().runFor(30_000);
        check(DemoData.HEALTHY.value());
        demo.later(Duration.ofMinutes(1));
        until(() -> text("[data-live=now]").endsWith("16:38."));
    }

    private void check(String url) {
        demo.site.bus.publish(
                Messages.CHECK_COMPLETED,
                new CheckCompleted(url, "eu-west", DemoClient.NOW.minusSeconds(420), "online", true));
    }
}
