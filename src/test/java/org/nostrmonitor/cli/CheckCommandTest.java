package org.nostrmonitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With a real relay on loopback that says EOSE to every REQ and OK to every EVENT. */
class CheckCommandTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static String relay = "";

    @BeforeAll
    static void listen() throws Exception {
        HttpServer server = VERTX.createHttpServer()
                .webSocketHandler(CheckCommandTest::speakNostr)
                .requestHandler(request -> request.response()
                        .putHeader("Content-Type", "application/nostr+json")
                        .end("{\"name\":\"Loopback\"}")
                        .onComplete(ended -> {}));
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        relay = "ws://127.0.0.1:" + server.actualPort();
    }

    private static void speakNostr(ServerWebSocket socket) {
        socket.textMessageHandler(text -> {
            JsonArray message = new JsonArray(text);
            JsonArray answer = switch (message.getString(0)) {
                case "REQ" -> new JsonArray().add("EOSE").add(message.getString(1));
                case "EVENT" ->
                    new JsonArray()
                            .add("OK")
                            .add(message.getJsonObject(1).getString("id"))
                            .add(true)
                            .add("");
                default -> new JsonArray().add("NOTICE").add("?");
            };
            socket.writeTextMessage(answer.encode()).onComplete(written -> {});
        });
    }

    @AfterAll
    static void close() throws Exception {
        VERTX.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void exitsWithZeroWhenAllAreOnline() {
        CommandLineRun run = check(relay, relay + "/other", "--allow", "127.0.0.0/8");

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains(relay + "/", "Online: it answered", "name     Loopback", "!writes");
        assertThat(run.code()).isZero();
    }

    @Test
    void printsAJsonObjectALine() {
        CommandLineRun run = check("--json", relay, relay + "/other", "--allow", "127.0.0.0/8", "--no-write");

        assertThat(run.out().lines()).hasSize(2);
        JsonObject first = new JsonObject(run.out().lines().findFirst().orElseThrow());
        assertThat(first.getString("relay")).isEqualTo(relay + "/");
        assertThat(first.getString("state")).isEqualTo("online");
        assertThat(first.getString("document")).isEqualTo("{\"name\":\"Loopback\"}");
        assertThat(first.getJsonObject("write").getString("result")).isEqualTo("not_tested");
    }

    @Test
    void exitsWithOneWhenOneIsNotOnline() throws IOException {
        CommandLineRun run = check(relay, "ws://127.0.0.1:" + portWithoutListener(), "--allow", "127.0.0.0/8");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("Online: ", "Offline: the connection was refused.");
    }

    private static int portWithoutListener() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void doesNotDialSpecialAddressesUnlessAllowed() {
        CommandLineRun run = check(relay);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("Not checked: its address is not a public one");
    }

    @Test
    void exitsWithTwoForWhatIsNoRelayUrlAndProbesNone() {
        CommandLineRun run = check(relay, "https://nos.lol", "nos.lol");

        assertThat(run)
                .isEqualTo(new CommandLineRun(
                        2,
                        "",
                        String.format("https://nos.lol: does not begin with wss:// or ws://%n"
                                + "nos.lol: does not begin with wss:// or ws://%n")));
    }

    @Test
    void aBadBlockToAllowIsOneLine() {
        CommandLineRun run = check(relay, "--allow", "everything");

        assertThat(run.code()).isNotZero();
        assertThat(run.err().lines()).hasSize(1);
    }

    private static CommandLineRun check(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "check";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return CommandLineRun.of(new CheckCommand(), all);
    }
}
