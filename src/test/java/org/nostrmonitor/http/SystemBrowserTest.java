package org.nostrmonitor.http;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.Media;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The system page in Chromium, with all its troubles. */
class SystemBrowserTest {
    @RegisterExtension
    static final DemoBrowser SITE = DemoBrowser.inTrouble();

    @Test
    void theFirstScreenOfAPhoneSaysWhetherTheMonitorIsWellAndWhatIsWorst() {
        try (BrowserContext phone = SITE.context(360, false)) {
            Page page = phone.newPage();
            page.navigate(SITE.origin() + "/system");
            assertThat(page.locator("h1")).containsText("The monitor is not well. No worker is seen in us-east.");
            assertThat(page.locator(".alarm").first())
                    .containsText("Start a node with the role worker and this region.");
            assertThat(page.locator(".alarm").first().boundingBox().y).isLessThan(800);
            assertThat(page.locator("nav[aria-label=Main] a")).hasCount(6);
            assertThat(page.locator("nav[aria-label=Main]").boundingBox().height)
                    .isLessThan(50);
        }
    }

    @Test
    void onPaperThereAreAlarmsAndNoControls() {
        try (BrowserContext desk = SITE.context(1440, true)) {
            Page page = desk.newPage();
            page.navigate(SITE.origin() + "/system");
            page.emulateMedia(new EmulateMediaOptions().setMedia(Media.PRINT));
            assertThat(page.locator(".alarm").first()).isVisible();
            assertThat(page.locator("nav[aria-label=Main]")).isHidden();
            assertThat(page.locator("button:visible")).hasCount(0);
            assertThat(page.locator("input:visible")).hasCount(0);
        }
    }

    @Test
    void colorsOfTheReaderLeaveShapesToSee() {
        try (BrowserContext forced = SITE.context(new NewContextOptions().setForcedColors(ForcedColors.ACTIVE))) {
            Page page = forced.newPage();
            page.navigate(SITE.origin() + "/system");
            String seen = (String) page.evaluate("""
                    () => {
                      const fill = getComputedStyle(document.querySelector('.alarm .i')).fill;
                      return fill === getComputedStyle(document.body).backgroundColor ? 'nothing' : 'a shape';
                    }""");
            assertThat(seen).isEqualTo("a shape");
        }
    }
}
