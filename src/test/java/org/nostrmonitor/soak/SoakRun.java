package org.nostrmonitor.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.testing.Await.await;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nostrmonitor.simulator.SimulatedNetwork;
import org.nostrmonitor.testing.Api;
import org.nostrmonitor.testing.MonitorProcess;

/**
 * {@code mvn -Psoak test}: twenty minutes, or {@code -Dsoak.minutes}; 600 relays, or {@code -Dsoak.relays}. Writes its table to
 * {@code target/soak.md}.
 */
@Timeout(value = 6, unit = TimeUnit.HOURS)
class SoakRun {
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration LONGEST_WARM_UP = Duration.ofMinutes(3);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** All memory from the start, so that growth is a leak and not the heap's slow growth to its bound. */
    private static final List<String> JVM = List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch");

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final List<Sample> samples = new ArrayList<>();
    private Instant begun = Instant.now();
    private List<String> wrong = List.of();

    @Test
    void aMonitorOfHostileRelaysStaysFlatAndTrue() throws Exception {
        Duration length =
                Duration.ofSeconds((long) (60 * Double.parseDouble(System.getProperty("soak.minutes", "20"))));
        int relays = Integer.getInteger("soak.relays", 600);
        HostileRelays hostile = HostileRelays.listen(vertx, relays / 2);
        SimulatedNetwork network = await(SimulatedNetwork.start(
                vertx,
                SimulatedNetwork.Options.of(relays - relays / 2, 5, directory.resolve("simulated"))
                        .withLatencyScale(0.2)));
        Verdicts verdicts = Verdicts.of(network.relays(), hostile);
        Path config = config(network, hostile);
        try (MonitorProcess monitor = MonitorProcess.ofClasses(directory, JVM, "run", "-conf", config.toString())) {
            String base = monitor.dashboard();
            Api api = new Api(base);
            api.awaitCycles(SoakRun::oneIsComplete, PATIENCE);
            try (Visitors visitors = new Visitors(api, base)) {
                watch(new ProcessFigures(monitor.pid()), verdicts, api, visitors, length);
            }
            judge(api, length);
        } finally {
            await(vertx.close());
        }
    }

    private static boolean oneIsComplete(List<JsonObject> cycles) {
        return cycles.stream().anyMatch(cycle -> cycle.getString("state").equals("complete"));
    }

    private void watch(ProcessFigures figures, Verdicts verdicts, Api api, Visitors visitors, Duration length)
            throws Exception {
        begun = Instant.now();
        long deadline = System.nanoTime() + length.toNanos();
        long next = System.nanoTime();
        while (System.nanoTime() - deadline < 0) {
            visitors.come();
            List<String> now = verdicts.wrong(api);
            now.stream().filter(words -> !wrong.contains(words)).forEach(words -> System.out.println("soak: " + words));
            wrong = now;
            Sample sample = figures.sample(now.size());
            samples.add(sample);
            System.out.println("soak: " + sample);
            next += EVERY.toNanos();
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private void judge(Api api, Duration length) throws Exception {
        double warmUp = Math.min((double) LONGEST_WARM_UP.toSeconds(), length.toSeconds() / 4.0);
        List<Sample> warm =
                samples.stream().filter(sample -> sample.seconds() >= warmUp).toList();
        List<SoakTable.Cycle> cycles = api.json("/api/v1/cycles?limit=200").getJsonArray("items").stream()
                .map(JsonObject.class::cast)
                .filter(cycle -> cycle.getString("state").equals("complete"))
                .map(this::cycle)
                .filter(cycle -> cycle.at() >= 0)
                .sorted(java.util.Comparator.comparing(SoakTable.Cycle::at))
                .toList();
        SoakTable table = new SoakTable(warm, cycles);
        System.out.println(table);
        Files.writeString(Path.of("target", "soak.md"), table + "\n");
        assertThat(warm).hasSizeGreaterThan(3);
        assertThat(table.problems()).isEmpty();
    }

    private SoakTable.Cycle cycle(JsonObject json) {
        Instant from = Instant.parse(json.getString("startedAt"));
        Instant to = Instant.parse(json.getString("completedAt"));
        return new SoakTable.Cycle(
                Duration.between(begun, from).toMillis() / 1e3,
                Duration.between(from, to).toMillis() / 1e3,
                json.getInteger("planned"));
    }

    /** A cycle a minute, in which every relay has every check, well or not. */
    private Path config(SimulatedNetwork network, HostileRelays hostile) throws Exception {
        Path list =
                Files.write(directory.resolve("hostile.txt"), hostile.truths().keySet());
        JsonObject config = new JsonObject(Files.readString(network.config()));
        config.getJsonObject("relays").getJsonArray("files").add(list.toString());
        JsonObject checks = new JsonObject();
        for (String check : List.of("open", "read", "write", "nip11", "capabilities")) {
            checks.put(check, new JsonObject().put("timeoutMs", 5_000).put("everySeconds", 0));
        }
        config.put("checks", checks)
                .put("schedule", new JsonObject().put("cron", "* * * * *").put("longestBackOffSeconds", 0))
                .put("http", new JsonObject().put("port", 0))
                .put("roles", new JsonArray(List.of("scheduler", "worker", "publisher", "coordinator", "http")));
        String text = config.encodePrettily();
        System.out.println(String.format(
                Locale.ROOT, "soak: %d hostile relays", hostile.truths().size()));
        return Files.writeString(directory.resolve("config.json"), text);
    }
}
