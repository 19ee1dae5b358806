package org.nostrmonitor.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nostrmonitor.http.view.Address;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.Family;
import org.nostrmonitor.storage.Family.Kin;

class PagesTest {
    private static DemoClient demo;

    @BeforeAll
    static void serve() throws Exception {
        demo = new DemoClient(DemoData.relays());
    }

    @AfterAll
    static void close() throws Exception {
        demo.close();
    }

    @AfterEach
    void bringEverythingBack() {
        demo.site.views.away = false;
        demo.site.queue.away = false;
        demo.site.views.old = Duration.ZERO;
    }

    @Test
    void pagesSayWhatWasOnceNothingIsCheckedAnyMore() throws Exception {
        try (DemoClient stopped = new DemoClient(DemoData.relays())) {
            stopped.site.views.old = Duration.ofHours(3);

            assertThat(stopped.get("/").body())
                    .contains("47 of 60 relays were online when last checked.")
                    .contains("Nothing has been checked since 13:36 UTC, 3 h ago.")
                    .contains("Incidents as last known")
                    .doesNotContain("relays are online", "Incidents now", "Came back");
            assertThat(text(stopped.get(Address.path(DemoData.HEALTHY)).body()))
                    .contains("Was online when last checked, at 13:3")
                    .contains("From eu-west it opened in")
                    .doesNotContain("Online since");
            assertThat(stopped.get("/relays").body())
                    .contains("Not checked since 13:3")
                    .contains("Was online");
            JsonObject badge = stopped.json("/api/v1" + Address.path(DemoData.HEALTHY) + "/badge.json");
            assertThat(badge.getString("message")).matches("online 3 h( \\d+ min)? ago");
            assertThat(badge.getString("color")).isEqualTo("#6b6b6b");
            assertThat(stopped.json("/api/v1" + Address.path(DemoData.EXPIRED) + "/badge.json")
                            .getBoolean("isError"))
                    .isFalse();
        }
    }

    private static String page(String path) throws Exception {
        HttpResponse<String> response = demo.get(path);
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
        return response.body();
    }

    @Test
    void overviewOpensWithHowManyRelaysAreOnline() throws Exception {
        String html = page("/");

        assertThat(html)
                .contains("47 of 60 relays are online.")
                .contains("2 are degraded, 9 are offline and 2 are not checked.")
                .contains("84 of 120 checked")
                .contains("Incidents now")
                .contains("6 relays went down in the last 24 hours and still are; 1 has been down for longer.")
                .contains("2 relays have been offline since their first check.")
                .contains("Came back")
                .contains("strfry")
                .contains("<progress max=\"60\" value=\"45\"");
    }

    @Test
    void overviewOfAFirstDayShowsNoNumberThatWasNotMeasured() throws Exception {
        try (DemoClient empty = new DemoClient(List.of())) {
            assertThat(empty.get("/").body())
                    .contains("No relay is known yet.")
                    .contains("No cycle to show.")
                    .doesNotContain("NaN", "Infinity", "0<span class=\"u\">");
            assertThat(empty.get("/relays").body()).contains("No relay is known yet.");
            assertThat(empty.get("/system").body()).contains("No cycle has been planned yet.");
        }
    }

    @Test
    void aliasesAreShownOnThePagesOfBoth() throws Exception {
        RelayUrl alias = RelayUrl.of("wss://relay.example/x");
        RelayUrl head = DemoData.HEALTHY;
        Instant since = Instant.parse("2026-11-22T12:00:00Z");
        try (DemoClient own = new DemoClient(DemoData.relays())) {
            Kin kin = new Kin(alias, "the same <i>host</i>", since);
            own.site.views.families.put(head, new Family(null, List.of(kin), 3));

            assertThat(own.get(Address.path(head)).body())
                    .contains("Other URLs of this relay", "the same &lt;i&gt;host", "2 more", "relay.example/x")
                    .doesNotContain("<i>host");
            assertThat(own.get("/").body()).contains("3 more URLs lead to them", "/relays?aliases=only");
            assertThat(own.get("/api/v1" + Address.path(head)).body()).contains("\"aliasCount\":3", "\"aliasOf\":null");

            own.site.views.families.put(head, new Family(kin, List.of(), 0));
            assertThat(own.get(Address.path(head)).body()).contains("This is another URL of", "once a day");
        }
    }

    @Test
    void listFindsFiltersAndSorts() throws Exception {
        assertThat(page("/relays?q=havfrue")).contains("1 relay matches.").contains("relay.havfrue.example");
        assertThat(page("/relays?status=offline"))
                .contains("9 relays match.")
                .contains("Remove the filter Status")
                .doesNotContain("inbox.kelp.example");
        assertThat(page("/relays?sort=open&dir=desc")).containsOnlyOnce("aria-sort=\"descending\"");
        assertThat(page("/relays?q=nothing+like+it&status=online"))
                .contains("No relay matches.")
                .contains("href=\"/relays?status=online\">Without the words");
    }

    @Test
    void listIsPagedByLinksUntilItsEnd() throws Exception {
        String first = page("/relays?sort=checked&dir=asc");
        String next = nextOf(first);
        String second = page(next);

        assertThat(rows(first)).isEqualTo(50);
        assertThat(rows(second)).isEqualTo(10);
        assertThat(second).doesNotContain("rel=\"next\"").contains("First page");
    }

    private static String nextOf(String html) {
        Matcher link = Pattern.compile("href=\"([^\"]+)\" rel=\"next\"").matcher(html);
        assertThat(link.find()).isTrue();
        return link.group(1).replace("&amp;", "&");
    }

    private static int rows(String html) {
        return html.split("<tr><td class=\"k-state\">", -1).length - 1;
    }

    @Test
    void relayPageTellsStateWithItsReasonAndTheEvidence() throws Exception {
        String html = page(Address.path(DemoData.EXPIRED));

        assertThat(text(html))
                .contains("Offline since 14:35 UTC: the TLS certificate expired 2 days ago.")
                .contains("nothing after TLS could be tried")
                .contains("Both regions see the same.")
                .contains("tls_expired")
                .contains("not reached");
        assertThat(html).contains("\"kind\": 30166").contains("<tr class=\"fail\">");
    }

    @Test
    void relayPageOfAHealthyOneShowsTimesAndClaims() throws Exception {
        String html = page(Address.path(DemoData.HEALTHY));

        assertThat(text(html))
                .contains("Online since")
                .contains("From eu-west it opens in")
                .contains("NIP-11 as of");
        assertThat(html).contains("class=\"l-p50\"").contains("<details class=\"data\">");
    }

    @Test
    void relayPageTellsPlaceAndCertificateAndWarnsBeforeItExpires() throws Exception {
        assertThat(text(page(Address.path(DemoData.HEALTHY))))
                .contains("203.0.113.2 2001:db8::2")
                .contains("Berlin, DE, u33")
                .contains("AS64496 Nordlicht Hosting")
                .contains("The certificate expires in 9 days.")
                .contains("TLSv1.3, TLS_AES_128_GCM_SHA256");
        assertThat(text(page(Address.path(DemoData.EXPIRED))))
                .contains("The certificate expired 2 days ago.")
                .contains("in many places at once")
                .contains("AS13335 CLOUDFLARENET");
        assertThat(page(Address.path(DemoData.DEGRADED))).doesNotContain("Certificate", "Announced by", "SHA-256");
    }

    @Test
    void relayPageCanBeSeenFromAnotherRegion() throws Exception {
        assertThat(text(page(Address.path(DemoData.HEALTHY) + "?from=us-east")))
                .contains("From us-east it opens in")
                .contains("Time to open, us-east");
    }

    @Test
    void relayPagePagesItsChecksByTime() throws Exception {
        String first = page(Address.path(DemoData.HEALTHY));
        String older = page(nextOf(first).replace("#results", ""));

        assertThat(first).doesNotContain("Newest checks");
        assertThat(older).contains("Newest checks");
    }

    @Test
    void aRelayThatWasNeverCheckedHasNoFiguresAndNoChart() throws Exception {
        String html = page(Address.path(DemoData.NEW));

        assertThat(html).contains("Not checked yet.").doesNotContain("class=\"plot", "NaN");
    }

    @Test
    void aDegradedRelayIsToldWhatFails() throws Exception {
        assertThat(text(page(Address.path(DemoData.DEGRADED))))
                .contains(": writing fails, it did not answer our event.");
    }

    @Test
    void systemShowsCyclesQueueWorkersAndDeadLetters() throws Exception {
        assertThat(page("/system"))
                .contains("The monitor works, with 1 warning.")
                .contains("eu-west-1")
                .contains("3 of 400")
                .contains("1,204")
                .contains("its deadline passed with 12 jobs left")
                .contains("no connection to PostgreSQL within 5 s");
    }

    @Test
    void whatStrangersWroteIsTextAndNothingElse() throws Exception {
        for (String path : List.of("/", "/relays?q=hostile", Address.path(DemoData.HOSTILE))) {
            assertThat(page(path))
                    .as(path)
                    .doesNotContain("<script>", "<img src=x", "\u202e", "href=\"javascript", "evil.example\"")
                    .contains("&lt;script&gt;")
                    .contains(">U+202E<");
        }
        assertThat(page("/relays?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")).doesNotContain("<script>");
        assertThat(page("/relays?software=%22%3E%3Cscript%3E%E2%80%AE").replaceAll("value=\"[^\"]*\"", ""))
                .doesNotContain("<script>", "\u202e")
                .contains(">U+202E<");
    }

    @Test
    void unknownRelaysAndPagesAreNotFoundInTheSameLook() throws Exception {
        HttpResponse<String> unknown = demo.get("/relays/wss%3A%2F%2Fnobody.example%2F");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body())
                .contains("wss://nobody.example/ is not among the relays")
                .contains("style.");
        assertThat(demo.get("/no/such/page").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/relays/http%3A%2F%2Fx.example", "/relays?nip=x", "/relays?cursor=made-up", "/relays?sort=no"})
    void whatCannotBeUnderstoodIsABadRequestInWords(String path) throws Exception {
        HttpResponse<String> response = demo.get(path);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("This address cannot be understood.");
    }

    @Test
    void aRelayPageRefusesATimeThatIsNone() throws Exception {
        assertThat(demo.get(Address.path(DemoData.HEALTHY) + "?before=yesterday")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void saysSoWhenPostgresIsAwayAndKeepsItsAddressToItself() throws Exception {
        try (DemoClient fresh = new DemoClient(DemoData.relays())) {
            fresh.site.views.away = true;
            HttpResponse<String> response = fresh.get("/");

            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.body())
                    .contains("PostgreSQL did not give us")
                    .doesNotContain("secret-host", "10.0.0.1");
        }
    }

    @Test
    void showsWhatItCanWhenRedisIsAway() throws Exception {
        try (DemoClient fresh = new DemoClient(DemoData.relays())) {
            fresh.site.queue.away = true;

            assertThat(fresh.get("/").body())
                    .contains("47 of 60 relays are online.")
                    .contains("120 checks planned");
            assertThat(fresh.get("/system").body())
                    .contains("The queue cannot be read now.")
                    .contains("its deadline passed");
        }
    }

    @Test
    void noPageCarriesStyleAttributes() throws Exception {
        for (String path : List.of("/", "/relays", "/system", "/api", Address.path(DemoData.EXPIRED))) {
            assertThat(page(path)).doesNotContain("style=\"", "onclick", "http-equiv");
        }
    }

    /** The words of a page without its elements. */
    private static String text(String html) {
        return html.replaceAll("<[^>]*>", "").replace("&nbsp;", " ").replace('\u00a0', ' ');
    }
}
