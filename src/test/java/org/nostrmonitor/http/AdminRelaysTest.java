package org.nostrmonitor.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.testing.Await.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nostrmonitor.bus.Messages;
import org.nostrmonitor.bus.Messages.CheckRequested;
import org.nostrmonitor.bus.Messages.CycleRequested;
import org.nostrmonitor.bus.Messages.Ticket;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.http.view.Address;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.Database;
import org.nostrmonitor.storage.PgAdministration;
import org.nostrmonitor.storage.PgRelayViews;
import org.nostrmonitor.storage.SharedSettings.Shared;
import org.nostrmonitor.testing.RealPostgres;

/** What an administrator changes, on a real database. */
class AdminRelaysTest {
    private static final String ADMIN = "/api/v1/admin";
    private static final String A = "wss://a.example/";
    private static final String ON_A = ADMIN + Address.path(RelayUrl.of(A));

    @RegisterExtension
    static final RealPostgres POSTGRES = new RealPostgres();

    @TempDir
    static Path directory;

    private static final Vertx VERTX = Vertx.vertx();
    private static DemoClient demo;

    @BeforeAll
    static void serve() throws Exception {
        Database database = Database.connect(VERTX, POSTGRES.uri(), 2);
        demo = new DemoClient(DemoData.relays(), Tokens.file(directory));
        demo.site.views.instead = new PgRelayViews(database, InstantSource.system());
        demo.site.administration.instead = new PgAdministration(database, Shared.of(MonitorConfig.DEFAULT));
    }

    @AfterAll
    static void close() throws Exception {
        demo.close();
        await(VERTX.close());
    }

    @BeforeEach
    void empty() {
        POSTGRES.execute("TRUNCATE relays, relay_results, admin_audit, monitor_config CASCADE");
    }

    private static HttpResponse<String> send(String method, String path, String json) throws Exception {
        return demo.send(method, path, json, new String[] {
            "Authorization", "Bearer " + Tokens.RIGHT, "Content-Type", "application/json"
        });
    }

    private static JsonObject json(String method, String path, String json) throws Exception {
        HttpResponse<String> response = send(method, path, json);
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 202);
        return new JsonObject(response.body());
    }

    private static void add(String... urls) throws Exception {
        json(
                "POST",
                ADMIN + "/relays",
                new JsonObject().put("urls", new JsonArray(List.of(urls))).encode());
    }

    private static int count(String table) throws SQLException {
        try (Connection connection = DriverManager.getConnection(POSTGRES.jdbcUrl());
                ResultSet rows = connection.createStatement().executeQuery("SELECT count(*) FROM " + table)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static JsonObject listed(String query) throws Exception {
        return demo.json("/api/v1/relays" + query);
    }

    @Test
    void addsRelaysAndTellsWhatIsNone() throws Exception {
        add(A);
        JsonObject answer = json(
                "POST",
                ADMIN + "/relays",
                "{\"urls\":[\"wss://a.example\",\"wss://b.example\",\"https://c.example\"]}");

        assertThat(answer.getInteger("added")).isEqualTo(1);
        assertThat(answer.getInteger("known")).isEqualTo(1);
        JsonObject rejected = answer.getJsonArray("rejected").getJsonObject(0);
        assertThat(rejected.getString("url")).isEqualTo("https://c.example");
        assertThat(rejected.getString("why")).contains("wss://");
        assertThat(listed("").getInteger("total")).isEqualTo(2);
    }

    @Test
    void disablesAndEnables() throws Exception {
        add(A);
        assertThat(json("PATCH", ON_A, "{\"enabled\":false}").getBoolean("enabled"))
                .isFalse();
        assertThat(listed("").getInteger("total")).isZero();
        assertThat(demo.json("/api/v1" + Address.path(RelayUrl.of(A))).getBoolean("enabled"))
                .isFalse();

        JsonObject again = json("PATCH", ON_A, "{\"enabled\":true,\"first\":true}");
        assertThat(again.getBoolean("enabled")).isTrue();
        assertThat(again.getBoolean("first")).isTrue();
        assertThat(listed("").getInteger("total")).isEqualTo(1);
    }

    @Test
    void whoOptedOutStaysOutUntilItIsOptedIn() throws Exception {
        add(A);
        POSTGRES.execute("INSERT INTO discovery_events (relay_id, pubkey, event_id, created_at, event, pending)"
                + " SELECT id, 'p', 'e', 1, '{\"pubkey\":\"p\",\"kind\":30166,\"tags\":[]}', '{}' FROM relays");
        json("PATCH", ON_A, "{\"optedOut\":true,\"why\":\"asked by mail\"}");

        assertThat(listed("").getInteger("total")).isZero();
        assertThat(json("POST", ADMIN + "/relays", "{\"urls\":[\"wss://a.example\"]}")
                        .getInteger("known"))
                .isEqualTo(1);
        assertThat(listed("").getInteger("total")).isZero();
        assertThat(send("PATCH", ON_A, "{\"enabled\":true}").statusCode()).isEqualTo(409);
        JsonObject relay = demo.json("/api/v1" + Address.path(RelayUrl.of(A)));
        assertThat(Instant.parse(relay.getString("optedOutAt")))
                .isBefore(Instant.now().plusSeconds(60));
        assertThat(relay.getString("optedOutWhy")).isEqualTo("asked by mail");
        assertThat(demo.get(Address.path(RelayUrl.of(A))).body()).contains("does not want it to be watched");
        assertThat(count("discovery_events")).isZero();

        assertThat(json("PATCH", ON_A, "{\"optedOut\":false,\"enabled\":true}").getBoolean("enabled"))
                .isTrue();
        assertThat(listed("").getInteger("total")).isEqualTo(1);
    }

    @Test
    void forgetsARelayWithItsResults() throws Exception {
        add(A, "wss://b.example/");
        assertThat(json("DELETE", ON_A, "").getBoolean("deleted")).isTrue();

        assertThat(listed("").getInteger("total")).isEqualTo(1);
        assertThat(demo.get("/api/v1" + Address.path(RelayUrl.of(A))).statusCode())
                .isEqualTo(404);
        assertThat(send("DELETE", ON_A, "").statusCode()).isEqualTo(404);
        assertThat(send("PATCH", ON_A, "{\"enabled\":true}").statusCode()).isEqualTo(404);
    }

    @Test
    void changesSettingsByTheRulesOfTheFile() throws Exception {
        JsonObject before = json("GET", ADMIN + "/config", "").getJsonObject("settings");
        JsonObject answer = json("PATCH", ADMIN + "/config", "{\"rateLimits\":{\"perHost\":0.5}}");

        assertThat(answer.getString("takesEffect")).contains("every node");
        JsonObject limits =
                json("GET", ADMIN + "/config", "").getJsonObject("settings").getJsonObject("rateLimits");
        assertThat(limits.getDouble("perHost")).isEqualTo(0.5);
        assertThat(limits.getValue("global"))
                .isEqualTo(before.getJsonObject("rateLimits").getValue("global"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"http\":{\"port\":1}};http",
                "{\"rateLimits\":{\"perHost\":-1}};perHost",
                "{\"rateLimits\":{\"perhost\":1}};perhost",
                "{\"schedule\":{\"cron\":\"every day\"}};cron",
                "{\"schedule\":5};schedule",
                "{\"checks\":{\"open\":{\"timeoutMs\":\"x\"}}};timeoutMs",
                "{\"publish\":{\"relays\":[\"https://x\"]}};relays",
                "{};settings",
                "[];settings",
            })
    void settingsThatAreNoneAreRefusedInWords(String changes, String word) throws Exception {
        HttpResponse<String> response = send("PATCH", ADMIN + "/config", changes);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        if (!word.equals("settings")) {
            assertThat(new JsonObject(response.body()).getString("detail")).contains(word);
        }
        assertThat(count("monitor_config")).isZero();
    }

    @Test
    void recordsWhoDidWhatAndWhatCameOfIt() throws Exception {
        add(A);
        send("DELETE", ADMIN + "/relays/wss%3A%2F%2Fnobody.example", "");
        JsonArray actions = json("GET", ADMIN + "/audit", "").getJsonArray("items");

        assertThat(actions).hasSize(2);
        JsonObject newest = actions.getJsonObject(0);
        assertThat(newest.getString("who")).isEqualTo("127.0.0.1");
        assertThat(newest.getString("action")).isEqualTo("delete");
        assertThat(newest.getString("target")).isEqualTo("wss://nobody.example/");
        assertThat(newest.getString("result")).startsWith("failed: ");
        assertThat(actions.getJsonObject(1).getString("result")).contains("1 added");
    }

    @Test
    void beginsCyclesWhereTheSchedulerThatLeadsSays() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Instant cycle = Instant.parse("2026-11-22T16:37:00Z");
        var served = demo.site.bus.serve(
                Messages.CYCLE_REQUESTED,
                request -> Future.succeededFuture(
                        asked.incrementAndGet() < 3
                                ? new CycleRequested(false, List.of(), List.of())
                                : new CycleRequested(true, List.of(new Ticket("eu", cycle)), List.of("us"))));
        await(served.completion());
        try {
            HttpResponse<String> response = send("POST", ADMIN + "/cycles", "");
            assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
            assertThat(new JsonObject(response.body()).getJsonArray("running")).containsExactly("us");
            assertThat(new JsonObject(response.body())
                            .getJsonArray("begun")
                            .getJsonObject(0)
                            .getString("region"))
                    .isEqualTo("eu");
        } finally {
            await(served.unregister());
        }
        assertThat(send("POST", ADMIN + "/cycles", "").statusCode()).isEqualTo(503);
    }

    @Test
    void aCheckThatIsWaitedForHasItsResultInTheAnswer() throws Exception {
        try (DemoClient other = new DemoClient(DemoData.relays(), Tokens.file(directory))) {
            Instant done = Instant.parse("2026-11-22T16:30:00Z");
            await(other.site
                    .bus
                    .serve(
                            Messages.CHECK_REQUESTED,
                            request -> Future.succeededFuture(new CheckRequested(
                                    true,
                                    List.of(new Ticket("eu-west", request.region() == null ? done : Instant.EPOCH)))))
                    .completion());
            String path = ADMIN + Address.path(DemoData.HEALTHY) + "/check";

            HttpResponse<String> there = other.post(path + "?wait=5", Tokens.RIGHT, "");
            assertThat(there.statusCode()).as(there.body()).isEqualTo(200);
            assertThat(new JsonObject(there.body())
                            .getJsonArray("items")
                            .getJsonObject(0)
                            .getString("state"))
                    .isEqualTo("online");
            HttpResponse<String> late = other.post(path + "?wait=1&region=eu-west", Tokens.RIGHT, "");
            assertThat(late.statusCode()).isEqualTo(202);
            assertThat(new JsonObject(late.body()).getBoolean("complete")).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /relays",
                "PATCH {a}",
                "DELETE {a}",
                "POST /cycles",
                "GET /config",
                "PATCH /config",
                "GET /audit"
            })
    void nothingOfItIsThereWithoutTheToken(String place) throws Exception {
        String[] parts = place.split(" ", -1);
        String path = parts[1].equals("{a}") ? ON_A : ADMIN + parts[1];
        HttpResponse<String> response =
                demo.send(parts[0], path, "", new String[] {"Content-Type", "application/json"});
        assertThat(response.statusCode()).isEqualTo(401);
    }
}
