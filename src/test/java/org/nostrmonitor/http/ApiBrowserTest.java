package org.nostrmonitor.http;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.options.Media;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page of the API as people read it. */
class ApiBrowserTest {
    @RegisterExtension
    static final DemoBrowser SITE = DemoBrowser.ofReaders();

    @Test
    void theFirstScreenHasWhatIsAskedMostAndEachCommandIsCopiedAsItStands() {
        try (BrowserContext desk = SITE.context(1440, true)) {
            desk.grantPermissions(List.of("clipboard-read", "clipboard-write"));
            Page page = desk.newPage();
            DemoPages.open(page, SITE.origin() + "/api");
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
                        .contains(SITE.origin() + "/api/v1/");
            }
        }
    }

    @Test
    void anOperationIsFoundFromTheContentsWithTheKeyboardAndWithoutJavaScript() {
        try (BrowserContext plain = SITE.context(360, false)) {
            Page page = plain.newPage();
            page.navigate(SITE.origin() + "/api");
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
        try (BrowserContext desk = SITE.context(794, true)) {
            Page page = desk.newPage();
            DemoPages.open(page, SITE.origin() + "/api");
            page.emulateMedia(new EmulateMediaOptions().setMedia(Media.PRINT));
            assertThat(page.locator("#listRelays pre")).isVisible();
            assertThat(page.locator(".toc")).isHidden();
            assertThat(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
                    .isEqualTo(0);
        }
    }
}
