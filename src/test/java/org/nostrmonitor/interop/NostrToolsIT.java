package org.nostrmonitor.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.testing.Await.await;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nostrmonitor.simulator.SimulatedNetwork;
import org.nostrmonitor.testing.Api;
import org.nostrmonitor.testing.MonitorProcess;

/**
 * A monitor among software of others: it publishes to relays of {@code @nostr-relay/core}, one of which asks who it is
 * (NIP-42), and a client of {@code nostr-tools} reads from them and from our own relay. Where node or npm is missing this is
 * not tested, and says so.
 */
@Timeout(60)
class NostrToolsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String TOKEN = "a-token-of-the-interop-test";
    private static final int RELAYS = 40;

    @TempDir
    static Path directory;

    private static final List<JsonObject> SAID = new ArrayList<>();
    private static AutoCloseable everything = () -> {};

    /** One talk of the client, of which the tests look at one part each. */
    @BeforeAll
    @Timeout(900)
    static void theClientTalksToAllOfThem() throws Exception {
        boolean there = NodePackages.canBeThere();
        if (!there) {
            System.out.println("NostrToolsIT: SKIPPED, node and npm are not on this machine");
        }
        Assumptions.assumeTrue(there, "node and npm are not on this machine");
        NodeRelays relays = NodeRelays.start();
        Vertx vertx = Vertx.vertx();
        SimulatedNetwork network = await(SimulatedNetwork.start(
                vertx,
                SimulatedNetwork.Options.of(RELAYS, 66, directory.resolve("simulated"))
                        .withLatencyScale(0.1)));
        MonitorProcess monitor = MonitorProcess.start(
                directory, Map.of(), "-conf", config(network, relays).toString(), "--http-port", "0");
        everything = () -> {
            monitor.close();
            await(vertx.close());
            relays.close();
        };
        Api api = new Api(monitor.dashboard());
        api.awaitCycles(
                cycles -> !cycles.isEmpty() && cycles.get(0).getString("state").equals("complete"), PATIENCE);
        talk(monitor.dashboard(), relays);
    }

    private static Path config(SimulatedNetwork network, NodeRelays relays) throws Exception {
        JsonObject config = new JsonObject(Files.readString(network.config()));
        List<String> others = List.of(relays.url("open"), relays.url("closed"));
        config.getJsonObject("relays").put("urls", new JsonArray(others));
        config.put("publish", new JsonObject().put("relays", new JsonArray(others)));
        Path token = Files.writeString(directory.resolve("token"), TOKEN);
        config.put("http", new JsonObject().put("adminTokenFile", token.toString()));
        return Files.writeString(directory.resolve("interop.json"), config.encodePrettily());
    }

    private static void talk(String dashboard, NodeRelays relays) throws Exception {
        JsonObject urls = new JsonObject()
                .put("own", dashboard.replace("http://", "ws://"))
                .put("open", relays.url("open"))
                .put("closed", relays.url("closed"));
        Process client = NodePackages.run("client.js", urls.encode());
        try (BufferedReader out = client.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                JsonObject said = new JsonObject(line);
                SAID.add(said);
                if (said.getString("what").equals("waiting")) {
                    checkAgain(dashboard, relays.url("open"));
                }
            }
        } finally {
            client.destroy();
        }
        assertThat(SAID)
                .extracting(said -> said.getString("what"))
                .as("%s", SAID)
                .doesNotContain("failed");
    }

    /** So that there is a new event. */
    private static void checkAgain(String dashboard, String relay) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(dashboard + "/api/v1/admin/relays/" + Api.encoded(relay) + "/check"))
                .header("Authorization", "Bearer " + TOKEN)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(202);
    }

    @AfterAll
    static void close() throws Exception {
        everything.close();
    }

    private static JsonObject said(String what) {
        return SAID.stream()
                .filter(said -> said.getString("what").equals(what))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing was said of " + what + ": " + SAID));
    }

    private static List<String> strings(JsonObject said, String field) {
        return said.getJsonArray(field).stream().map(String.class::cast).toList();
    }

    @Test
    void ourRelayServesEventsThatVerify() {
        assertThat(said("own").getBoolean("verified")).isTrue();
        assertThat(said("own").getJsonArray("kinds")).contains(0, 10002, 10166, 30166);
        assertThat(said("own").getJsonArray("ids").size()).isGreaterThan(RELAYS / 2);
    }

    @Test
    void theSameEventsArriveAtTheRelaysOfOthersAlsoWhereTheyAskWhoWeAre() {
        for (String target : List.of("open", "closed")) {
            assertThat(said(target).getBoolean("verified")).isTrue();
            assertThat(strings(said(target), "ids"))
                    .as(target)
                    .containsExactlyInAnyOrderElementsOf(strings(said("own"), "ids"));
        }
    }

    @Test
    void bothRelaysAnswerTheSameQuestionsWithTheSameEvents() {
        List<JsonObject> questions = SAID.stream()
                .filter(said -> said.getString("what").equals("question"))
                .toList();
        assertThat(questions).hasSize(12);
        for (JsonObject question : questions) {
            assertThat(question.getBoolean("ordered")).isTrue();
            assertThat(strings(question, "own"))
                    .as("%s %s", question.getString("name"), question.getJsonArray("filters"))
                    .containsExactlyInAnyOrderElementsOf(strings(question, "other"));
        }
        assertThat(questions.stream()
                        .filter(question -> !question.getJsonArray("own").isEmpty()))
                .as("questions with an answer: %s", questions)
                .hasSizeGreaterThanOrEqualTo(10);
    }

    @Test
    void itsPoolCountAndDocumentWorkToo() {
        assertThat(said("pool").getJsonArray("ids")).hasSize(2);
        assertThat(said("count").getInteger("count"))
                .isEqualTo(said("own").getJsonArray("ids").size() - 3);
        JsonObject document = said("document").getJsonObject("document");
        assertThat(document.getString("name")).isEqualTo("Monitor of a simulated network");
        assertThat(document.getJsonArray("supported_nips")).containsExactly(1, 11, 45);
        assertThat(document.getJsonObject("limitation").getMap())
                .containsAllEntriesOf(Map.of("restricted_writes", true));
    }

    @Test
    void nothingIsTakenAndWhatIsNewComesByItself() {
        assertThat(said("publish").getString("refusal")).isEqualTo("blocked: read-only");
        assertThat(said("live").getBoolean("verified")).isTrue();
        assertThat(said("own").getJsonArray("ids")).doesNotContain(said("live").getString("id"));
    }
}
