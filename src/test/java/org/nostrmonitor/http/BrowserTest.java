package org.nostrmonitor.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The pages in Chromium. */
class BrowserTest {
    @TempDir
    static Path directory;

    @RegisterExtension
    static final DemoBrowser SITE = DemoBrowser.inTrouble();

    private static BrowserContext context(int width, boolean scripts) {
        return SITE.context(width, scripts);
    }

    @Test
    void noPageScrollsSidewaysOnAPhone() {
        try (BrowserContext phone = context(360, true)) {
            Page page = phone.newPage();
            for (String path : DemoPages.ALL) {
                page.navigate(SITE.origin() + path);
                Object over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
                assertThat(((Number) over).intValue()).as(path).isZero();
            }
        }
    }

    @Test
    void theSystemPageFitsAPhoneInTheDarkWithAllItsTroubles() {
        try (BrowserContext phone =
                SITE.context(new NewContextOptions().setViewportSize(360, 800).setColorScheme(ColorScheme.DARK))) {
            Page page = phone.newPage();
            page.navigate(SITE.origin() + "/system");
            Object over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth");

            assertThat(((Number) over).intValue()).isZero();
            assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
                    .isEqualTo("rgb(16, 20, 24)");
            assertThat(page.locator("#token-letters").isVisible()).isTrue();
        }
    }

    @Test
    void aDeadLetterIsRetriedWithTheKeyboardAndWithoutJavaScript() throws Exception {
        try (DemoClient own = new DemoClient(DemoData.relays(), Tokens.file(directory));
                BrowserContext plain = context(360, false)) {
            Page page = plain.newPage();
            page.navigate(own.origin() + "/system");
            page.locator("#dead input[type=checkbox]").first().focus();
            page.keyboard().press("Space");
            page.keyboard().press("Tab");
            page.keyboard().press("Tab");
            page.keyboard().press("Tab");
            page.keyboard().type("not the token at all");
            page.keyboard().press("Enter");
            assertThat(page.locator("#dead [role=alert]").innerText()).contains("This is not the admin token.");
            assertThat(page.locator("#dead input[type=checkbox]").first().isChecked())
                    .isTrue();

            page.locator("#token-letters").focus();
            page.keyboard().type(Tokens.RIGHT);
            page.keyboard().press("Enter");
            assertThat(page.locator("#dead [role=status]").innerText())
                    .contains("1 dead letter was put back into the queue.");
            assertThat(page.url()).endsWith("/system?retried=1#dead");
            assertThat(own.site.queue.acts).containsExactly("retry eu-west 1");
        }
    }

    @Test
    void theBrowserHasNothingToComplainAbout() {
        try (BrowserContext desk = context(1440, true)) {
            List<String> complaints = new ArrayList<>();
            Page page = desk.newPage();
            Chromium.watch(page, SITE.origin(), complaints);
            DemoPages.ALL.stream().filter(path -> !path.equals("/no-such-page")).forEach(path -> {
                DemoPages.open(page, SITE.origin() + path);
            });
            assertThat(complaints).isEmpty();
        }
    }

    @Test
    void aRelayIsFoundWithoutJavaScript() {
        try (BrowserContext plain = context(1440, false)) {
            Page page = plain.newPage();
            page.navigate(SITE.origin() + "/");
            page.locator("#q").fill("havfrue");
            page.locator("#q").press("Enter");
            assertThat(page.url()).endsWith("/relays?q=havfrue");
            assertThat(page.locator("h1").innerText()).isEqualTo("1 relay matches.");
            page.locator("table.relays a.url").click();
            assertThat(page.url()).endsWith("/relays/wss%3A%2F%2Frelay.havfrue.example%2F");
            assertThat(page.locator(".verdict").innerText())
                    .contains("Offline since 14:35 UTC: the TLS certificate expired 2 days ago.");
        }
    }

    @Test
    void filtersAreSetAndRemovedByLinks() {
        try (BrowserContext plain = context(1440, false)) {
            Page page = plain.newPage();
            page.navigate(SITE.origin() + "/relays");
            page.locator(".chip summary").first().click();
            page.locator(".chip .menu a").first().click();
            assertThat(page.url()).endsWith("/relays?status=online");
            page.locator(".chip.set .x").click();
            assertThat(page.url()).endsWith("/relays");
        }
    }

    @Test
    void theFirstTabStopShowsTheWayPastTheBar() {
        try (BrowserContext desk = context(1440, true)) {
            Page page = desk.newPage();
            page.navigate(SITE.origin() + "/");
            page.keyboard().press("Tab");
            Object top = page.evaluate("document.activeElement.getBoundingClientRect().top");
            Object outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle");

            assertThat(page.evaluate("document.activeElement.className")).isEqualTo("skip");
            assertThat(((Number) top).doubleValue()).isNotNegative();
            assertThat(outline).isEqualTo("solid");
        }
    }
}
