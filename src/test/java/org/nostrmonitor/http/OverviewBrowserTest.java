package org.nostrmonitor.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The overview in Chromium. */
class OverviewBrowserTest {
    @RegisterExtension
    static final DemoBrowser SITE = DemoBrowser.ofReaders();

    @Test
    void theRangeOfTheChartIsChosenWithoutJavaScript() {
        try (BrowserContext plain = SITE.context(1440, false)) {
            Page page = plain.newPage();
            page.navigate(SITE.origin() + "/");
            page.locator("#states .seg a", new Page.LocatorOptions().setHasText("30 d"))
                    .click();

            assertThat(page.url()).endsWith("/?range=30d#states");
            assertThat(page.locator("#cap-states").innerText()).contains("in the last 30 days");
            assertThat(page.locator("#states .seg [aria-current]").innerText()).isEqualTo("30 d");
        }
    }

    @Test
    void theNumbersBehindAChartOpenWithTheKeyboard() {
        try (BrowserContext plain = SITE.context(360, false)) {
            Page page = plain.newPage();
            page.navigate(SITE.origin() + "/");
            Locator data = page.locator("#states details.data");
            assertThat(data.locator("table").isVisible()).isFalse();
            data.locator("summary").focus();
            page.keyboard().press("Enter");

            assertThat(data.locator("table").isVisible()).isTrue();
            assertThat(data.locator("tbody tr").count()).isEqualTo(8);
        }
    }

    @Test
    void theChartFillsItsBoxAndItsTypeIsNotStretched() {
        try (BrowserContext desk = SITE.context(1440, false)) {
            Page page = desk.newPage();
            page.navigate(SITE.origin() + "/");

            Object share = page.evaluate("() => { const plot = document.querySelector('#states .plot');"
                    + " return plot.querySelector('.a-on').getBoundingClientRect().width"
                    + " / plot.getBoundingClientRect().width; }");
            assertThat(((Number) share).doubleValue()).isBetween(0.97, 1.01);
            Object height =
                    page.evaluate("document.querySelector('#states .plot text').getBoundingClientRect().height");
            assertThat(((Number) height).doubleValue()).isBetween(8.0, 20.0);
        }
    }

    @Test
    void theMapIsNoTrapForTheKeyboardAndLeadsToItsRelays() {
        try (BrowserContext plain = SITE.context(1440, false)) {
            Page page = plain.newPage();
            page.navigate(SITE.origin() + "/");
            assertThat(page.locator(".map a:not([tabindex='-1'])").count()).isZero();
            assertThat(page.locator(".map a").count()).isEqualTo(3);
            page.locator(".map a").first().click(new Locator.ClickOptions().setForce(true));

            assertThat(page.url()).contains("/relays?near=");
        }
    }
}
