package org.nostrmonitor.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nostrmonitor.http.view.Address;
import org.nostrmonitor.relay.RelayUrl;

/** The worst that a relay can write, in every field that it can fill, on every page and route, in a browser. */
class HostileTextTest {
    private static final String MARK = "W\u00f6rst";
    private static final String WORST = MARK + "\"><img src=//evil.example/x onerror=alert(1)>'><svg/onload=alert(2)> "
            + "</script><script>alert(3)</script></title></textarea></style></pre></bdi></a><iframe src=//evil.example> "
            + "javascript:alert(4) data:text/html,<script>alert(5)</script> https://evil.example/ "
            + "<!-- --> <![CDATA[ <meta http-equiv=refresh content=0;url=//evil.example> &lt;b&gt; &#x3c;b> "
            + "\u202eback\u202c \u2066isolated \u200f\u200e\u061c\u2028 \u001b[2J\u001b]0;title\u0007 \u0000 \ufeff "
            + "${7*191} {{7*191}} #{7*191} <%= 7*191 %> @if(true) @endif !{7*191} $unsafe{7*191} \ud800 \r\nSet-Cookie: a=b";

    /** So short that the name of a software can be searched for, and has a link. */
    private static final String BAD =
            MARK + "\"><img src=//evil.example/x onerror=alert(1)>'><script>alert(3)</script> "
                    + "javascript:alert(4) \u202eback \u0007 ${7*191}";

    private static final String PLAIN = MARK + " plain words";
    private static final String RELAY = Address.path(SaidByRelays.URL);
    private static final String COMPARED = "/compare?relay=wss%3A%2F%2Fa.example&relay=wss%3A%2F%2Fb.example&q=c";

    /** Tags and names of attributes; what a code point is told in is ours, and there is none in plain words. */
    private static final String SKELETON = """
            () => {
              const walk = e => e.tagName + '[' + [...e.attributes].map(a => a.name).sort() + ']('
                  + [...e.children].filter(c => !c.matches('bdi > span.tag.warn')).map(walk).join('') + ')';
              return walk(document.documentElement);
            }""";

    private static final String NOT_ISOLATED = """
            mark => {
              const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              const found = [];
              while (walker.nextNode()) {
                const parent = walker.currentNode.parentElement;
                if (walker.currentNode.data.includes(mark) && !parent.closest('bdi')) {
                  found.push(parent.outerHTML.slice(0, 300));
                }
              }
              return found;
            }""";

    private static final String LEADING_AWAY = """
            () => [...document.querySelectorAll('*')].flatMap(e => [...e.attributes]
                .filter(a => /^(href|src|srcset|action|formaction|poster|data|ping|cite|background|xlink:href)$/.test(a.name))
                .filter(a => !/^(\\/(?!\\/)|#)/.test(a.value)).map(a => a.name + '=' + a.value))""";

    @TempDir
    static Path directory;

    private static DemoClient plain;
    private static DemoClient hostile;
    private static DemoClient shortPlain;
    private static DemoClient shortHostile;
    private static Chromium browser;

    @BeforeAll
    static void open() throws Exception {
        plain = serving(PLAIN.repeat(40));
        hostile = serving(WORST);
        shortPlain = serving(PLAIN);
        shortHostile = serving(BAD);
        browser = Chromium.launch();
    }

    private static DemoClient serving(String text) throws Exception {
        DemoClient client = new DemoClient(DemoData.relays(), Tokens.file(directory));
        client.site.views.instead = new SaidByRelays(text);
        client.site.statistics.said = text;
        client.site.monitors.name = text;
        client.site.operations.why = text;
        client.site.operations.said = text;
        client.site.queue.buryUnreadable("eu-west", text, text);
        client.site.queue.bury("eu-west", RelayUrl.of("wss://dead.example/"), text);
        return client;
    }

    @AfterAll
    static void close() throws Exception {
        browser.close();
        for (DemoClient client : List.of(plain, hostile, shortPlain, shortHostile)) {
            client.close();
        }
    }

    static Stream<String> pages() {
        return Stream.concat(
                Stream.of(
                        "/",
                        "/relays",
                        "/relays?software=khatru&aliases=all",
                        "/statistics",
                        "/system",
                        RELAY,
                        COMPARED),
                SaidByRelays.REGIONS.stream().map(region -> RELAY + "?from=" + region));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void noElementAndNoAttributeComesFromWhatARelayWrote(String path) {
        compare(plain, hostile, path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/relays", "/relays?software=khatru&aliases=all", "/statistics"})
    void norFromWhatIsShortEnoughForALink(String path) {
        compare(shortPlain, shortHostile, path);
    }

    private static void compare(DemoClient harmless, DemoClient harmful, String path) {
        List<String> complaints = new ArrayList<>();
        try (BrowserContext desk = browser.context(1440, true)) {
            Page page = desk.newPage();
            DemoPages.open(page, harmless.origin() + path);
            Object skeleton = page.evaluate(SKELETON);
            assertThat(page.content()).contains(MARK);

            Chromium.watch(page, harmful.origin(), complaints);
            DemoPages.open(page, harmful.origin() + path);
            assertThat(page.evaluate(SKELETON)).isEqualTo(skeleton);
            assertThat((List<?>) page.evaluate(NOT_ISOLATED, MARK)).isEmpty();
            assertThat((List<?>) page.evaluate(LEADING_AWAY)).isEmpty();
            assertThat(page.content())
                    .contains(MARK)
                    .doesNotContainPattern(
                            "[\\u202a-\\u202e\\u2066-\\u2069\\u200e\\u200f\\u061c\\u2028\\u001b\\u0000]");
            assertThat(page.locator("body").textContent()).doesNotContain(" 1337 ");
        }
        assertThat(complaints).isEmpty();
    }

    @Test
    void theAPIGivesItAsDataThatNoBrowserTakesForAPage() throws Exception {
        for (String path : List.of(
                "/api/v1/overview", "/api/v1/relays", "/api/v1" + RELAY, "/api/v1/monitors", "/api/v1/cycles")) {
            HttpResponse<String> response = hostile.get(path);
            assertThat(response.headers().firstValue("content-type")).hasValue("application/json; charset=utf-8");
            assertThat(response.headers().firstValue("x-content-type-options")).hasValue("nosniff");
            assertThat(new JsonObject(response.body()).toString()).contains(MARK);
            assertThat(response.headers().map()).doesNotContainKey("set-cookie");
        }
        assertThat(hostile.json("/api/v1/relays")
                        .getJsonArray("items")
                        .getJsonObject(0)
                        .getString("name"))
                .startsWith(WORST.substring(0, WORST.indexOf('\ud800')))
                .endsWith("Set-Cookie: a=b");
    }

    @Test
    void aMegabyteInEveryFieldMakesNoPageOfManyMegabytes() throws Exception {
        try (DemoClient large = serving("\u202e".repeat(1_000_000))) {
            assertThat(size(large, "/")).isLessThan(200_000);
            assertThat(size(large, "/relays")).isLessThan(200_000);
            assertThat(size(large, RELAY)).isLessThan(6_000_000);
        }
    }

    private static int size(DemoClient client, String path) throws Exception {
        HttpResponse<String> response = client.get(path);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("U+202E");
        return response.body().length();
    }
}
