package org.nostrmonitor.http;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The list in Chromium: search, filters, sort, paging, export; with scripts and without. */
class RelaysBrowserTest {
    @RegisterExtension
    static final DemoBrowser SITE = DemoBrowser.ofReaders();

    private static Page at(BrowserContext context, String path) {
        Page page = context.newPage();
        page.navigate(SITE.origin() + path);
        return page;
    }

    @Test
    void theListFollowsWhatIsTypedAndTheAddressFollowsTheList() {
        try (BrowserContext desk = SITE.context(1440, true)) {
            List<String> complaints = new ArrayList<>();
            Page page = desk.newPage();
            Chromium.watch(page, SITE.origin(), complaints);
            page.navigate(SITE.origin() + "/relays?status=offline");
            Locator field = page.locator("#q");
            field.click();
            page.keyboard().type("havfrue");

            assertThat(page.locator("#q-said")).hasText("1 relay matches.");
            assertThat(page.locator("table.relays tbody tr")).hasCount(1);
            assertThat(page).hasURL(SITE.origin() + "/relays?q=havfrue&status=offline");
            assertThat(field).isFocused();
            assertThat(page.locator(".chip.set .x")).hasAttribute("href", "/relays?q=havfrue");

            page.keyboard().press("Control+A");
            page.keyboard().press("Delete");
            assertThat(page.locator("#q-said")).hasText("9 relays match.");
            assertThat(page).hasURL(SITE.origin() + "/relays?status=offline");
            assertThat(complaints).isEmpty();
        }
    }

    @Test
    void aSearchThatIsNotAnsweredIsToldAndLeavesTheListAsItWas() {
        try (BrowserContext desk = SITE.context(1440, true)) {
            Page page = at(desk, "/relays?status=offline");
            page.route(Pattern.compile("q=kelp"), route -> route.abort());
            page.locator("#q").click();
            page.keyboard().type("kelp");

            assertThat(page.locator("#q-said")).containsText("The search did not answer.");
            assertThat(page.locator("table.relays tbody tr")).hasCount(9);
            assertThat(page).hasURL(SITE.origin() + "/relays?status=offline");
            assertThat(page.locator("[data-live=list]")).hasAttribute("aria-busy", "false");
        }
    }

    @Test
    void onlyTheLastOfManySearchesIsShown() {
        try (BrowserContext desk = SITE.context(1440, true)) {
            Page page = at(desk, "/relays");
            List<Runnable> late = new ArrayList<>();
            page.route(Pattern.compile("q=kelp$"), route -> late.add(route::resume));
            page.locator("#q").click();
            page.keyboard().type("kelp");
            page.waitForCondition(() -> !late.isEmpty());
            page.keyboard().press("Control+A");
            page.keyboard().type("havfrue");
            assertThat(page).hasURL(SITE.origin() + "/relays?q=havfrue");
            late.forEach(Runnable::run);

            assertThat(page.locator("h1")).hasText("1 relay matches.");
            assertThat(page.locator("table.relays tbody tr")).containsText("havfrue");
        }
    }

    @Test
    void filtersSortAndPagesAreLinksThatNeedNoScript() {
        try (BrowserContext plain = SITE.context(1440, false)) {
            Page page = at(plain, "/relays");
            page.locator(".chip summary", new Page.LocatorOptions().setHasText("Uptime"))
                    .click();
            page.locator(".chip[class] .menu a", new Page.LocatorOptions().setHasText("90 % or more"))
                    .click();
            assertThat(page).hasURL(SITE.origin() + "/relays?uptime=0.9");
            assertThat(page.locator(".lede")).hasText("Only up for 90 % of the last 7 days or more.");

            page.locator("th.k-open a").click();
            assertThat(page).hasURL(SITE.origin() + "/relays?uptime=0.9&sort=open");
            assertThat(page.locator("th[aria-sort=ascending]")).hasText("To open");
            page.locator("th.k-open a").click();
            assertThat(page).hasURL(SITE.origin() + "/relays?uptime=0.9&sort=open&dir=desc");

            page.locator(".chip.set .x").click();
            String first = page.locator("table.relays tbody th").first().innerText();
            page.locator(".pager [rel=next]").click();
            assertThat(page.locator("table.relays tbody tr")).hasCount(10);
            page.locator(".pager a", new Page.LocatorOptions().setHasText("First page"))
                    .click();
            assertThat(page.locator("table.relays tbody th").first()).hasText(first);
        }
    }

    @Test
    void whatIsTypedIntoTheFormOfFiltersIsAnAddressWithoutEmptyFields() {
        try (BrowserContext plain = SITE.context(360, false)) {
            Page page = at(plain, "/relays?status=online&nip=11");
            page.locator(".more summary").click();
            page.locator("input[name=country]").fill("de");
            page.locator(".fields input[name=nip]").fill("50");
            page.locator("input[name=country]").press("Enter");

            assertThat(page).hasURL(Pattern.compile("/relays\\?status=online&nip=11&nip=50&country=de$"));
            assertThat(page.locator(".chip.set")).hasCount(4);
            assertThat(page.locator(".lede")).containsText("claiming NIP-11, claiming NIP-50, in Germany");
            Object over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
            assertThat(((Number) over).intValue()).isZero();
        }
    }

    @Test
    void whatIsShownCanBeHadAsCsv() throws Exception {
        try (BrowserContext desk = SITE.context(1440, true)) {
            Page page = at(desk, "/relays?status=offline&sort=since&dir=desc");
            Download csv = page.waitForDownload(
                    () -> page.locator("a[href*='export.csv']").click());
            List<String> lines = Files.readAllLines(csv.path());

            assertThat(lines).hasSize(10);
            assertThat(lines.get(1)).startsWith("wss://relay.havfrue.example/");
        }
    }

    @Test
    void nothingThatMatchesLeadsToTheNearestSearchThatHasResults() {
        try (BrowserContext plain = SITE.context(1440, false)) {
            Page page = at(plain, "/relays?q=havfrue&status=online&network=tor");

            assertThat(page.locator("h1")).hasText("No relay matches.");
            assertThat(page.locator(".void"))
                    .hasText("No relay matches.Nor does any with one condition less. All relays");
            page.navigate(SITE.origin() + "/relays?q=havfrue&status=online");
            assertThat(page.locator(".void li").first()).hasText("In any state: 1");
            page.locator(".void a").first().click();
            assertThat(page.locator("table.relays tbody tr")).hasCount(1);
        }
    }

    @Test
    void theKeyboardAloneOpensAFilterAndSetsIt() {
        try (BrowserContext desk = SITE.context(1440, true)) {
            Page page = at(desk, "/relays");
            page.locator(".chip summary").first().focus();
            page.keyboard().press("Enter");
            page.keyboard().press("Tab");
            page.keyboard().press("Tab");
            page.keyboard().press("Enter");
            assertThat(page).hasURL(SITE.origin() + "/relays?status=degraded");
        }
    }
}
