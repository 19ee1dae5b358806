package org.nostrmonitor.relayserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.relayserver.RelayLab.event;
import static org.nostrmonitor.testing.Await.await;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nostrmonitor.nostr.EventJson;
import org.nostrmonitor.nostr.NostrEvent;

class RelayServerTest {
    private static final NostrEvent ONE = event(1, "50");
    private static final NostrEvent TWO = event(2, "50");
    private static final NostrEvent THREE = event(3, "42");

    @RegisterExtension
    static final RelayLab LAB = new RelayLab();

    private static String sent(String subscription, NostrEvent event) {
        return "[\"EVENT\",\"" + subscription + "\"," + EventJson.write(event) + "]";
    }

    @Test
    void sendsStoredEventsNewestFirstAsTheyWereSigned() throws Exception {
        LAB.serve(RelayLab.LIMITS);
        LAB.store(ONE, TWO, THREE);
        RawClient client = LAB.client();

        client.say("[\"REQ\",\"a\\\"b\",{\"kinds\":[30166],\"#N\":[\"50\"],\"#R\":[\"!auth\"],\"limit\":200}]");
        assertThat(client.hearTo("[\"EOSE"))
                .containsExactly(sent("a\\\"b", TWO), sent("a\\\"b", ONE), "[\"EOSE\",\"a\\\"b\"]");

        client.say("[\"REQ\",\"x\",{\"limit\":1},{\"ids\":[\"" + ONE.id() + "\"]},{\"#d\":[\"wss://r1.example\"]}]");
        assertThat(client.hearTo("[\"EOSE")).containsExactly(sent("x", THREE), sent("x", ONE), "[\"EOSE\",\"x\"]");
    }

    @Test
    void sendsMoreThanFitsIntoOneWrite() throws Exception {
        LAB.serve(RelayLab.LIMITS);
        LAB.store(IntStream.range(0, 300)
                .mapToObj(i -> event(i, i, List.of(), "ä".repeat(5_000)))
                .toArray(NostrEvent[]::new));
        RawClient client = LAB.client();

        client.say("[\"REQ\",\"all\",{}]");
        List<String> heard = client.hearTo("[\"EOSE");

        assertThat(heard).hasSize(301).doesNotHaveDuplicates();
        assertThat(heard.get(0)).isEqualTo(sent("all", event(299, 299, List.of(), "ä".repeat(5_000))));
    }

    @Test
    void sendsNewEventsAfterTheStoredOnesEachOnce() throws Exception {
        LAB.serve(RelayLab.LIMITS);
        LAB.store(ONE);
        RawClient client = LAB.client();
        client.say("[\"REQ\",\"live\",{\"#N\":[\"50\"]}]").say("[\"REQ\",\"none\",{\"limit\":0}]");
        assertThat(client.hearTo("[\"EOSE\",\"none\"]")).hasSize(3);

        LAB.publish(THREE);
        assertThat(client.hear()).isEqualTo(sent("none", THREE));
        LAB.publish(TWO);
        assertThat(List.of(client.hear(), client.hear()))
                .containsExactlyInAnyOrder(sent("live", TWO), sent("none", TWO));
        client.say("[\"CLOSE\",\"none\"]").say("[\"COUNT\",\"c\",{}]");
        assertThat(client.hear()).isEqualTo("[\"COUNT\",\"c\",{\"count\":3}]");
        LAB.publish(event(4, "50"));
        assertThat(client.hear()).isEqualTo(sent("live", event(4, "50")));
    }

    @Test
    void findsNewEventsThoughNobodyTold() throws Exception {
        LAB.serve(limits(Duration.ofMillis(50), RelayLab.LIMITS.idle()));
        RawClient client = LAB.client();
        client.say("[\"REQ\",\"live\",{}]");
        assertThat(client.hear()).isEqualTo("[\"EOSE\",\"live\"]");

        LAB.store(ONE);
        LAB.postgres.execute("INSERT INTO announcements (pubkey, kind, event_id, created_at, event, pending) VALUES"
                + " ('ab', 0, 'cd', 5, '{\"pubkey\":\"ab\",\"kind\":0,\"tags\":[]}', '{}')");

        assertThat(List.of(client.hear(), client.hear()))
                .containsExactlyInAnyOrder(
                        sent("live", ONE), "[\"EVENT\",\"live\",{\"pubkey\":\"ab\",\"kind\":0,\"tags\":[]}]");
    }

    @Test
    void aSubscriptionTakesThePlaceOfOneWithItsId() throws Exception {
        LAB.serve(RelayLab.LIMITS);
        RawClient client = LAB.client();
        client.say("[\"REQ\",\"a\",{\"#N\":[\"42\"]}]").say("[\"REQ\",\"a\",{\"#N\":[\"50\"]}]");
        client.say("[\"COUNT\",\"c\",{}]");
        client.hearTo("[\"COUNT");
        RelayLab.until(() -> LAB.figure("monitor.relay.subscriptions") == 1, "one is left");

        LAB.publish(THREE, ONE);
        assertThat(client.hear()).isEqualTo(sent("a", ONE));
        client.say("[\"REQ\",\"a\",{\"ids\":[\"short\"]}]");
        assertThat(client.hear()).startsWith("[\"CLOSED\",\"a\",\"invalid: ");
        RelayLab.until(() -> LAB.figure("monitor.relay.subscriptions") == 0, "none is left");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ["REQ","s",{"ids":[]}]                        | ["EOSE","s"]
            ["REQ","s",{"#t":[],"limit":5},{"kinds":[]}]  | ["EOSE","s"]
            ["REQ","s",{"limit":0}]                       | ["EOSE","s"]
            ["REQ","s",{"#x":["y"]}]                      | ["EOSE","s"]
            ["COUNT","s",{"authors":[]}]                  | ["COUNT","s",{"count":0}]
            ["REQ","s"]                                   | ["CLOSED","s","invalid: a question without a filter"]
            ["REQ","s",[]]                                | ["CLOSED","s","invalid: a filter is not a JSON object"]
            ["REQ","s",{"search":"x"}]                    | ["CLOSED","s","unsupported: \\"search\\" in a filter"]
            ["REQ","s",{"#emoji":["x"]}]                  | ["CLOSED","s","unsupported: \\"#emoji\\" in a filter"]
            ["REQ","s",{"&t":["x"]}]                      | ["CLOSED","s","unsupported: \\"&t\\" in a filter"]
            ["REQ","s",{"ids":["xyz"]}]                   | ["CLOSED","s","invalid: a value in the filter's ids is not 64 lower-case hex digits"]
            ["REQ","s",{"limit":-1}]                      | ["CLOSED","s","invalid: the filter's limit is not an integer from 0 to 2147483647"]
            ["REQ","s",{"since":"1"}]                     | ["CLOSED","s","invalid: the filter's since is not an integer from 0 to 9007199254740991"]
            ["REQ","s",{"kinds":{"a":1}}]                 | ["CLOSED","s","invalid: the filter's kinds is not an array of at least one value"]
            ["REQ","s",{},{},{},{},{},{},{},{},{},{},{}]  | ["CLOSED","s","restricted: more than 10 filters in one question"]
            ["COUNT","s",{"search":"x"}]                  | ["CLOSED","s","unsupported: \\"search\\" in a filter"]
            ["REQ","",{}]                                 | ["NOTICE","invalid: the subscription is not 1 to 64 characters long"]
            ["REQ",7,{}]                                  | ["NOTICE","invalid: the subscription of a message is not a string"]
            ["CLOSE"]                                     | ["NOTICE","invalid: the subscription of a message is not a string"]
            ["NEG-OPEN","s",{},"61"]                      | ["NOTICE","unsupported: messages of the type \\"NEG-OPEN\\""]
            ["EVENT",{"id":"7"}]                          | ["NOTICE","invalid: the event's id is not 64 lower-case hex digits"]
            {"REQ":1}                                     | ["NOTICE","invalid: not an array that begins with the type of a message"]
            [                                             | ["NOTICE","invalid: not JSON"]
            """)
    void answersWhatCannotBeServedWhereItBelongs(String message, String answer) throws Exception {
        LAB.serve(RelayLab.LIMITS);
        RawClient client = LAB.client();
        client.say(message);
        assertThat(client.hear()).isEqualTo(answer);
        client.say("[\"COUNT\",\"still here\",{}]");
        assertThat(client.hear()).isEqualTo("[\"COUNT\",\"still here\",{\"count\":0}]");
    }

    @Test
    void takesNoEventsAndAsksNobodyWhoTheyAre() throws Exception {
        LAB.serve(RelayLab.LIMITS);
        RawClient client = LAB.client();
        client.say("[\"EVENT\"," + EventJson.write(ONE) + "]").say("[\"AUTH\"," + EventJson.write(TWO) + "]");

        assertThat(client.hear()).isEqualTo("[\"OK\",\"" + ONE.id() + "\",false,\"blocked: read-only\"]");
        assertThat(client.hear()).startsWith("[\"OK\",\"" + TWO.id() + "\",false,\"error: ");
    }

    @Test
    void givesItsDocumentToWhoAsksForItAndThePageToEverybodyElse() throws Exception {
        LAB.serve(RelayLab.LIMITS);
        HttpResponse<String> response = http("GET", "application/nostr+json");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/nostr+json");
        assertThat(response.headers().firstValue("access-control-allow-origin")).hasValue("*");
        assertThat(response.headers().firstValue("access-control-allow-headers"))
                .hasValue("*");
        assertThat(response.headers().firstValue("access-control-allow-methods"))
                .hasValue("GET, HEAD, OPTIONS");
        assertThat(new JsonObject(response.body())).isEqualTo(new JsonObject("""
                {"name": "Lab", "description": "What is tested", "pubkey": "%s", "supported_nips": [1, 11, 45],
                 "version": "1.2.3", "limitation": {"max_message_length": 65536, "max_subscriptions": 20,
                 "max_limit": 1000, "default_limit": 500, "max_subid_length": 64, "auth_required": false,
                 "payment_required": false, "restricted_writes": true}}""".formatted("ab".repeat(32))));
        HttpResponse<String> preflight = http("OPTIONS", "*/*");
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("access-control-allow-origin"))
                .hasValue("*");
        HttpResponse<String> page = http("GET", "text/html,*/*");
        assertThat(page.body()).startsWith("<!DOCTYPE html>");
        assertThat(page.headers().firstValue("vary")).hasValue("Accept");
        assertThat(page.headers().firstValue("access-control-allow-origin")).isEmpty();
    }

    private static HttpResponse<String> http(String method, String accept) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + LAB.port() + "/"))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Accept", accept)
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void saysThatTheDatabaseIsAway() throws Exception {
        LAB.serve(RelayLab.LIMITS, List.of("127.0.0.0/8"), new AwayEvents());
        RawClient client = LAB.client();
        client.say("[\"REQ\",\"a\",{}]").say("[\"COUNT\",\"b\",{}]");

        assertThat(client.hear())
                .isEqualTo("[\"CLOSED\",\"a\",\"error: the database does not answer, or not in time\"]");
        assertThat(client.hear())
                .isEqualTo("[\"CLOSED\",\"b\",\"error: the database does not answer, or not in time\"]");
    }

    @Test
    void saysGoodbyeWhenItStops() throws Exception {
        LAB.serve(RelayLab.LIMITS);
        RawClient client = LAB.client();
        client.say("[\"REQ\",\"a\",{}]");
        client.hear();

        Future<Void> stopped = LAB.stop();
        assertThat(client.hear()).isEqualTo("close 1001");
        await(stopped);
        RelayLab.until(() -> LAB.figure("monitor.relay.connections") == 0, "nobody is left");
        assertThat(LAB.figure("monitor.relay.subscriptions")).isZero();
    }

    @Test
    void keepsAClientThatListensAndSendsAwayOneThatWantsNothing() throws Exception {
        LAB.serve(limits(Duration.ofSeconds(15), Duration.ofMillis(300)));
        RawClient listening = LAB.client();
        listening.say("[\"REQ\",\"a\",{}]");
        listening.hear();
        FutureTask<String> next = new FutureTask<>(listening::hear);
        new Thread(next).start();
        RawClient idle = LAB.client();

        assertThat(idle.hear()).isEqualTo("close 1000");
        LAB.publish(ONE);
        assertThat(next.get()).isEqualTo(sent("a", ONE));
    }

    private static RelayLimits limits(Duration sweep, Duration idle) {
        return RelayLab.limits(20, 60, RelayLab.LIMITS.stall(), Duration.ofMillis(200), idle, sweep);
    }
}
