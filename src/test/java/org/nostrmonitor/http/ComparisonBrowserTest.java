package org.nostrmonitor.http;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.http.view.Address;
import org.nostrmonitor.relay.RelayUrl;

/** The comparison in Chromium: from the list to the chart, and what cannot be compared. */
class ComparisonBrowserTest {
    @RegisterExtension
    static final DemoBrowser SITE = DemoBrowser.ofReaders();

    private static String of(RelayUrl... relays) {
        return "/compare?"
                + Stream.of(relays)
                        .map(relay -> "relay=" + Address.encoded(relay.value()))
                        .collect(Collectors.joining("&"));
    }

    private static Page at(BrowserContext context, String path) {
        Page page = context.newPage();
        page.navigate(SITE.origin() + path);
        return page;
    }

    @Test
    void relaysAreChosenInTheListAndComparedWithoutAScript() {
        try (BrowserContext plain = SITE.context(1440, false)) {
            Page page = at(plain, "/relays?q=nordlicht");
            page.locator("input[name=relay]").check();
            page.locator("button[form=pick]").click();
            assertThat(page.locator("h1")).hasText("One relay is chosen. It takes two to compare.");

            page.locator("#q").fill("kelp");
            page.locator("#q").press("Enter");
            page.locator(".offers a", new Page.LocatorOptions().setHasText("Add"))
                    .click();
            assertThat(page.locator(".chosen li")).hasCount(2);
            assertThat(page.locator("h1"))
                    .containsText("wss://inbox.kelp.example was the fastest to open in 25 of 25 hours");
            assertThat(page.locator(".chart > svg path[class^=l-c]")).hasCount(2);
            assertThat(page.locator(".days .strip")).hasCount(2);

            page.locator(".chosen .btn").first().click();
            assertThat(page.locator(".chosen li")).hasCount(1);
        }
    }

    @Test
    void relaysAreChosenInOneSearchAfterTheOther() {
        try (BrowserContext desk = SITE.context(1440, true)) {
            Page page = at(desk, "/relays");
            page.locator("#q").fill("nordlicht");
            assertThat(page.locator("table.relays tbody tr")).hasCount(1);
            page.locator("input[name=relay][type=checkbox]").check();
            page.locator("#q").fill("kelp");
            assertThat(page.locator("table.relays tbody tr")).containsText("inbox.kelp.example");
            assertThat(page.locator("input[name=relay][type=checkbox]")).not().isChecked();
            page.locator("input[name=relay][type=checkbox]").check();
            assertThat(page.locator("button[form=pick]")).hasText("Compare 2 of at most 5");
            page.locator("button[form=pick]").click();

            assertThat(page.locator(".chosen li")).hasCount(2);
        }
    }

    @Test
    void phaseRangeAndRegionAreLinks() {
        try (BrowserContext plain = SITE.context(1440, false)) {
            Page page = at(plain, of(DemoData.HEALTHY, DemoData.DEGRADED));
            page.locator("#chart .seg a", new Page.LocatorOptions().setHasText("read"))
                    .click();
            page.locator("#chart .seg a", new Page.LocatorOptions().setHasText("7 d"))
                    .click();
            page.locator("#chart .seg a", new Page.LocatorOptions().setHasText("us-east"))
                    .click();

            assertThat(page).hasURL(Pattern.compile("&from=us-east&range=7d&phase=read$"));
            assertThat(page.locator("#chart h2")).hasText("Time to read, from us-east");
            assertThat(page.locator("#chart [aria-current]")).hasText(new String[] {"us-east", "read", "7 d"});
            assertThat(page.locator("h1")).containsText("hours in which both were measured.");
        }
    }

    @Test
    void theChartIsTakenOverInPlaceAndTheKeyboardReadsIt() {
        try (BrowserContext desk = SITE.context(1440, true)) {
            List<String> complaints = new ArrayList<>();
            Page page = desk.newPage();
            Chromium.watch(page, SITE.origin(), complaints);
            page.navigate(SITE.origin() + of(DemoData.HEALTHY, DemoData.EXPIRED, DemoData.DEGRADED));
            Locator chart = page.locator(".chart.drawn");
            chart.waitFor();
            chart.locator(".zoomed").focus();
            page.keyboard().press("ArrowLeft");

            assertThat(chart.locator("output"))
                    .containsText(Pattern.compile("A relay.nordlicht.example .*C inbox.kelp.example"));
            assertThat(complaints).isEmpty();
        }
    }

    @Test
    void whatCannotBeComparedIsToldInWords() {
        try (BrowserContext plain = SITE.context(1440, false)) {
            Page page = at(plain, "/compare");
            assertThat(page.locator("h1")).hasText("Which relays are to be compared?");

            page.navigate(SITE.origin() + of(DemoData.HEALTHY, RelayUrl.of("wss://nobody.example/")) + "&relay=http:x");
            assertThat(page.locator(".notice")).hasCount(2);
            assertThat(page.locator(".notice").first()).containsText("“http:x” is not the URL of a relay");
            assertThat(page.locator(".notice").last())
                    .containsText("wss://nobody.example/ is not among the relays that are checked here.");
            assertThat(page.locator(".chosen li")).hasCount(1);

            page.navigate(SITE.origin()
                    + of(
                            DemoData.HEALTHY,
                            DemoData.EXPIRED,
                            DemoData.DEGRADED,
                            DemoData.LONG,
                            DemoData.HOSTILE,
                            DemoData.IDN));
            assertThat(page.locator(".notice"))
                    .containsText("Five are compared at most: what was chosen after them is left out.");
            assertThat(page.locator(".chosen li")).hasCount(5);
            assertThat(page.locator("main form")).hasCount(0);
        }
    }

    @Test
    void aRelayWithoutAnyMeasurementIsNoFastestOne() {
        try (BrowserContext plain = SITE.context(1440, false)) {
            Page page = at(plain, of(DemoData.HEALTHY, DemoData.NEW));

            assertThat(page.locator("h1"))
                    .hasText("In no hour of the last 24 hours was the time to open measured of both.");
            assertThat(page.locator(".lede")).hasText("B is not checked; the rest is online.");
        }
    }

    @Test
    void aPhoneShowsFiveWithoutScrollingSideways() {
        try (BrowserContext phone = SITE.context(320, true)) {
            Page page = at(
                    phone,
                    of(DemoData.HEALTHY, DemoData.EXPIRED, DemoData.DEGRADED, DemoData.LONG, DemoData.HOSTILE)
                            + "&q=relay");
            Object over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth");

            assertThat(((Number) over).intValue()).isZero();
        }
    }
}
