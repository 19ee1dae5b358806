package org.nostrmonitor.http;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.options.Media;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page of the API as people read it. */
class ApiBrowserTest {
    private static DemoClient demo;
    private static Chromium browser;

    @BeforeAll
    static void open() throws Exception {
        demo = new DemoClient(DemoData.relays());
        browser = Chromium.launch();
    }

    @AfterAll
    static void close() throws Exception {
        browser.close();
        demo.close();
    }

    @Test
    void theFirstScreenHasWhatIsAskedMostAndEachCommandIsCopiedAsItStands() {
        try (BrowserContext desk = browser.context(1440, true)) {
            desk.grantPermissions(List.of("clipboard-read", "clipboard-write"));
            Page page = desk.newPage();
            DemoPages.open(page, demo.origin() + "/api");
            Locator commands = page.locator(".commands pre");
            assertThat(commands.last().boundingBox().y).isLessThan(700);
            assertThat(page.locator(".commands button")).hasCount(commands.count());
            for (int i = 0; i < commands.count(); i++) {
                page.locator(".commands button").nth(i).click();
                assertThat(page.locator(".commands button").nth(i)).hasText("Copied");
                assertThat(page.evaluate("navigator.clipboard.readText()"))
                        .isEqualTo(commands.nth(i).innerText())
                        .asString()
                        .startsWith("curl ")
                        .contains(demo.origin() + "/api/v1/");
            }
        }
    }

    @Test
    void anOperationIsFoundFromTheContentsWithTheKeyboardAndWithoutJavaScript() {
        try (BrowserContext plain = browser.context(360, false)) {
            Page page = plain.newPage();
            page.navigate(demo.origin() + "/api");
            page.locator(".toc a[href='#getHistory']").focus();
            page.keyboard().press("Enter");
            assertThat(page.url()).endsWith("/api#getHistory");
            assertThat(page.locator("#h-getHistory")).isInViewport();

            page.locator("#getHistory summary").last().focus();
            page.keyboard().press("Enter");
            page.keyboard().press("Tab");
            Locator example = page.locator("#getHistory pre");
            assertThat(example).isFocused();
            page.keyboard().press("ArrowRight");
            page.waitForFunction("document.querySelector('#getHistory pre').scrollLeft > 0");
            assertThat(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
                    .isEqualTo(0);
        }
    }

    @Test
    void onPaperExamplesAreOpenAndTheContentsAreGone() {
        try (BrowserContext desk = browser.context(794, true)) {
            Page page = desk.newPage();
            DemoPages.open(page, demo.origin() + "/api");
            page.emulateMedia(new EmulateMediaOptions().setMedia(Media.PRINT));
            assertThat(page.locator("#listRelays pre")).isVisible();
            assertThat(page.locator(".toc")).isHidden();
            assertThat(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
                    .isEqualTo(0);
        }
    }
}
