package org.nostrmonitor.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nostrmonitor.http.view.Address;

/** What the page of a relay tells of its past, and of what was published. */
class RelayPageTest {
    private static final String HEALTHY = Address.path(DemoData.HEALTHY);
    private static final String EXPIRED = Address.path(DemoData.EXPIRED);

    private static DemoClient demo;

    @BeforeAll
    static void serve() throws Exception {
        demo = new DemoClient(DemoData.relays());
    }

    @AfterAll
    static void close() throws Exception {
        demo.close();
    }

    private static String page(String path) throws Exception {
        HttpResponse<String> response = demo.get(path);
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return response.body();
    }

    /** The words of a page without its elements, with one blank between them. */
    private static String text(String html) {
        return html.replaceAll("<[^>]*>", " ")
                .replace('\u00a0', ' ')
                .replace("&nbsp;", " ")
                .replaceAll("\\s+", " ");
    }

    private static String part(String html, String id) {
        int from = html.indexOf("id=\"" + id + "\"");
        assertThat(from).as(id).isPositive();
        return html.substring(from, html.indexOf("</section>", from));
    }

    @Test
    void uptimesAreOfFourSpansEachWithWhatItIsMadeOf() throws Exception {
        String figures = text(page(EXPIRED)).replaceAll(".*(Uptime 24 h.*Last checked).*", "$1");

        assertThat(figures)
                .startsWith("Uptime 24 h 91.67 % 88 of 96 checks 7 d 98.81 % 664 of 672 checks 30 d ")
                .contains("% all of it is known 1 y ")
                .containsPattern("1 y \\d\\d\\.\\d\\d % 42 d of 364 d 16 h known Last online");
    }

    @Test
    void incidentsAreToldWithTheirReasonNewestFirstAndPagedByLinks() throws Exception {
        String first = part(page(EXPIRED + "?range=7d&from=us-east"), "incidents");

        assertThat(text(first))
                .contains(
                        "Offline 14:35 goes on 2 h 2 min the TLS certificate has expired Offline 15 Nov, 16:37 15 Nov, 19:37 3 h "
                                + "the host did not answer in time");
        assertThat(first.split("<tr><th", -1)).hasSize(22);
        Matcher older = Pattern.compile("href=\"([^\"]+)\">Older incidents").matcher(first);
        assertThat(older.find()).isTrue();
        String href = older.group(1).replace("&amp;", "&");
        assertThat(href)
                .startsWith(EXPIRED + "?from=us-east&range=7d&incidents=")
                .endsWith("#incidents");

        String second = part(page(href.replace("#incidents", "")), "incidents");
        assertThat(second).contains("Newest incidents").doesNotContain("goes on");
    }

    @Test
    void aRelayThatWasAlwaysWellHasNoIncidentsAndNothingToPage() throws Exception {
        assertThat(page(Address.path(DemoData.NEW))).doesNotContain("Older incidents", "id=\"incidents\"");
    }

    @ParameterizedTest
    @CsvSource({
        "range=7d, each hour, 169",
        "range=30d, each quarter of a day, 121",
        "range=1y, each day, 41",
        "range=7d&phase=read&from=us-east, each hour, 169"
    })
    void theChartOfALongSpanIsOfPercentilesAndItsTableHasARowForEach(String query, String each, int rows)
            throws Exception {
        String history = part(page(HEALTHY + "?" + query), "history");

        assertThat(history).contains("Median and 95th percentile of " + each, "class=\"l-p95\"");
        assertThat(history.substring(history.indexOf("<tbody")).split("<tr", -1))
                .hasSize(rows + 1);
    }

    @Test
    void linksKeepWhatElseWasAskedFor() throws Exception {
        assertThat(page(HEALTHY + "?range=30d&phase=write&from=us-east"))
                .contains("href=\"" + HEALTHY + "?from=eu-west&amp;range=30d&amp;phase=write#evidence\"")
                .contains("href=\"" + HEALTHY + "?from=us-east&amp;phase=write#history\"")
                .contains("href=\"" + HEALTHY + "?from=us-east&amp;range=30d#history\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"range=2y", "phase=dns", "incidents=made-up", "before=yesterday", "range=%3Cscript%3E"})
    void whatIsNoneOfTheseIsABadRequest(String query) throws Exception {
        assertThat(demo.get(HEALTHY + "?" + query).statusCode()).isEqualTo(400);
    }

    @Test
    void theEventIsShownWithWhatEachTargetSaid() throws Exception {
        String event = part(page(HEALTHY), "event");

        assertThat(text(event))
                .contains("accepted by 2 of 4 targets")
                .contains("wss://relay.publisher-one.example/ accepted 16:32:03")
                .contains("wss://relay.publisher-two.example/ duplicate: have it had it already")
                .contains("blocked: &lt;b&gt;not&lt;/b&gt; on the list refused: blocked")
                .contains("wss://target-five.example/ waits 16:32");
        assertThat(event).contains("\"kind\": 30166");
    }

    @Test
    void snippetsNameTheSiteAsItsReaderFoundIt() throws Exception {
        String secure = demo.send("GET", HEALTHY, "X-Forwarded-Proto", "https").body();

        assertThat(page(HEALTHY))
                .contains("[![relay](" + demo.origin() + "/api/v1" + HEALTHY + "/badge.svg)](" + demo.origin() + HEALTHY
                        + ")");
        assertThat(secure).contains("(" + demo.origin().replace("http:", "https:") + HEALTHY + ")");
        assertThat(demo.send("GET", HEALTHY, "X-Forwarded-Proto", "javascript").body())
                .contains("(" + demo.origin() + HEALTHY + ")");
    }
}
