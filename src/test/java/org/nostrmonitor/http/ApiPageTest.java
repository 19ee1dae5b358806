package org.nostrmonitor.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.http.view.Address;
import org.nostrmonitor.relay.RelayUrl;

/** The page of the API: its examples, and how it is served. */
class ApiPageTest {
    private static final Pattern COMMAND = Pattern.compile("<code>curl [^\"<]*\"([^\"<]+)\"</code>");

    private static DemoClient demo;
    private static String html;

    @BeforeAll
    static void serve() throws Exception {
        demo = new DemoClient(DemoData.relays());
        html = demo.get("/api").body();
    }

    @AfterAll
    static void close() throws Exception {
        demo.close();
    }

    @Test
    void everyCommandWorksAsItStands() throws Exception {
        List<String> urls = COMMAND.matcher(html)
                .results()
                .map(command -> command.group(1).replace("&amp;", "&"))
                .toList();

        assertThat(urls).hasSizeBetween(3, 5).allMatch(url -> url.startsWith(demo.origin() + "/api/v1/"));
        HttpClient http = HttpClient.newHttpClient();
        for (String url : urls) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(Duration.ofSeconds(20))
                    .build();
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                assertThat(response.statusCode()).as(url).isEqualTo(200);
                assertThat(body.read()).as(url).isNotEqualTo(-1);
            }
        }
    }

    @Test
    void examplesNameARelayThatIsKnownAndGoOnWithoutOne() throws Exception {
        String known = COMMAND.matcher(html)
                .results()
                .map(MatchResult::group)
                .filter(line -> line.contains("/history"))
                .findFirst()
                .orElseThrow();
        assertThat(DemoData.relays())
                .anyMatch(relay ->
                        known.contains("/" + Address.encoded(relay.url().value()) + "/"));

        String nobody = Address.encoded(RelayUrl.of("wss://relay.example").value());
        try (DemoClient other = new DemoClient(List.of())) {
            assertThat(other.get("/api").body()).contains(nobody);
            other.site.views.away = true;
            assertThat(other.get("/api").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void itIsTheSameUntilTheVersionOrTheAddressOfItsReaderChanges() throws Exception {
        HttpResponse<String> first = demo.get("/api");
        String tag = first.headers().firstValue("etag").orElseThrow();
        demo.later(Duration.ofHours(3));
        HttpResponse<String> again = demo.send("GET", "/api", "If-None-Match", tag);

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(demo.get("/api").body()).isEqualTo(first.body());
        HttpResponse<String> secure = demo.send("GET", "/api", "If-None-Match", tag, "X-Forwarded-Proto", "https");
        assertThat(secure.statusCode()).isEqualTo(200);
        assertThat(secure.body()).contains("https://127.0.0.1:").doesNotContain("http://127.0.0.1:", ".invalid");
    }

    @Test
    void itSaysHowOftenOneMayAsk() throws Exception {
        assertThat(html).contains("at most 20 requests a second from one address, 100 at once");
        try (DemoClient slow = new DemoClient(List.of(), null, WebLimits.of(0.5, List.of("127.0.0.0/8")))) {
            assertThat(slow.get("/api").body()).contains("at most 0.5 requests a second from one address, 2 at once");
        }
    }

    @Test
    void theWayToItAndToTheContractStandsOnEveryPage() throws Exception {
        assertThat(html).contains("<a href=\"/api\" aria-current=\"page\">API</a>");
        assertThat(demo.get("/relays").body())
                .contains("<a href=\"/api\">API</a>", "<a class=\"note\" href=\"/api\">API description</a>")
                .contains("<a href=\"/api/v1/openapi.yaml\">OpenAPI</a>");
    }

    @Test
    void itIsNoHeavierThanAPageOfRelays() {
        assertThat(html.length()).isLessThan(200_000);
    }
}
