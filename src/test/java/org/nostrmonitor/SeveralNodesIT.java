package org.nostrmonitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.testing.Await.await;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nostrmonitor.embedded.EmbeddedPostgres;
import org.nostrmonitor.embedded.EmbeddedRedis;
import org.nostrmonitor.nostr.SecretKey;
import org.nostrmonitor.simulator.SimulatedNetwork;
import org.nostrmonitor.testing.Api;
import org.nostrmonitor.testing.MonitorProcess;

/** Two workers and a node with the other roles, over a shared PostgreSQL and Redis, their event buses joined. */
@Timeout(240)
class SeveralNodesIT {
    @TempDir
    static Path directory;

    private static Vertx vertx;
    private static EmbeddedPostgres postgres;
    private static EmbeddedRedis redis;
    private static SimulatedNetwork network;
    private static final List<MonitorProcess> nodes = new ArrayList<>();

    @BeforeAll
    static void startsTheDatabases() throws Exception {
        vertx = Vertx.vertx();
        postgres = EmbeddedPostgres.start(directory.resolve("shared"));
        redis = EmbeddedRedis.start(directory.resolve("shared"));
        network = await(SimulatedNetwork.start(
                vertx,
                SimulatedNetwork.Options.of(60, 67, directory.resolve("simulated"))
                        .withLatencyScale(0.2)));
    }

    @AfterAll
    static void stopsEverything() throws Exception {
        nodes.forEach(MonitorProcess::close);
        await(vertx.close());
        redis.stop();
        postgres.stop();
    }

    @Test
    void shareOneCycleBetweenThem() throws Exception {
        List<Integer> ports = freePorts(3);
        MonitorProcess one = node("worker", ports, 0);
        MonitorProcess two = node("worker", ports, 1);
        one.awaitLine("Health +http", Duration.ofSeconds(90));
        two.awaitLine("Health +http", Duration.ofSeconds(90));
        MonitorProcess rest = node("scheduler,publisher,coordinator,http", ports, 2);
        Api api = new Api(rest.dashboard());

        List<JsonObject> cycles = api.awaitCycles(
                seen -> !seen.isEmpty() && seen.get(0).getString("state").equals("complete"), Duration.ofMinutes(2));

        assertThat(cycles.get(0).getInteger("planned")).isEqualTo(60);
        assertThat(api.allRelays())
                .hasSize(60)
                .allMatch(relay -> !relay.getString("state").equals("unknown"));
        JsonArray workers = api.json("/api/v1/queue").getJsonArray("workers");
        assertThat(workers).hasSize(2);
        assertThat(heardFromOtherNodes(api))
                .as("messages on the event bus from other nodes")
                .isPositive();
        assertThat(rest.output()).noneMatch(line -> line.contains("ERROR"));
    }

    /** The hints of the workers, which reach the pages and the publisher only if the event buses are joined. */
    private static double heardFromOtherNodes(Api api) {
        return api.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("vertx_eventbus_received_total{") && line.contains("side=\"remote\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static MonitorProcess node(String roles, List<Integer> ports, int index) throws Exception {
        JsonObject config = new JsonObject(Files.readString(network.config()));
        JsonArray members = new JsonArray();
        ports.forEach(port -> members.add("127.0.0.1:" + port));
        config.put(
                "cluster",
                new JsonObject()
                        .put("host", "127.0.0.1")
                        .put("port", ports.get(index))
                        .put("members", members));
        config.put("http", new JsonObject().put("port", 0));
        Path file = Files.writeString(directory.resolve("node" + index + ".json"), config.encodePrettily());
        MonitorProcess node = MonitorProcess.start(
                directory,
                Map.of(
                        "NOSTR_MONITOR_POSTGRES_URI", postgres.uri(),
                        "NOSTR_MONITOR_REDIS_URI", redis.uri(),
                        "NOSTR_MONITOR_SECRET_KEY", KEY),
                "run",
                "-conf",
                file.toString(),
                "--roles",
                roles,
                "-cluster");
        nodes.add(node);
        return node;
    }

    private static final String KEY = SecretKey.random().nsec();

    private static List<Integer> freePorts(int count) throws Exception {
        List<ServerSocket> sockets = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            sockets.add(socket);
            ports.add(socket.getLocalPort());
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return ports;
    }
}
