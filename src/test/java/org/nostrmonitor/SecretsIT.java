package org.nostrmonitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.testing.Await.await;
import static org.nostrmonitor.testing.KnownSecrets.KEY_AS_NSEC;
import static org.nostrmonitor.testing.KnownSecrets.KEY_IN_BASE64;
import static org.nostrmonitor.testing.KnownSecrets.KEY_IN_HEX;
import static org.nostrmonitor.testing.KnownSecrets.KEY_ITSELF;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nostrmonitor.embedded.EmbeddedPostgres;
import org.nostrmonitor.embedded.EmbeddedRedis;
import org.nostrmonitor.nostr.Ncryptsec;
import org.nostrmonitor.nostr.Password;
import org.nostrmonitor.nostr.SecretKey;
import org.nostrmonitor.simulator.SimulatedNetwork;
import org.nostrmonitor.testing.Api;
import org.nostrmonitor.testing.KnownSecrets;
import org.nostrmonitor.testing.MonitorProcess;
import org.nostrmonitor.testing.SiteWalk;
import org.nostrmonitor.testing.StoredTexts;

/**
 * The whole monitor with a key, passwords and a token that we know, given in files; then everything that it wrote, says and
 * holds in memory is searched for them.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(240)
class SecretsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String TOKEN = "Tk1122334455667788aA";
    private static final String OF_POSTGRES = "the password of PostgreSQL";
    private static final String OF_REDIS = "the password of Redis";
    private static final String ADMIN_TOKEN = "the admin token";
    private static final String PASSWORD = "the password of the key";

    @TempDir
    static Path directory;

    private static Vertx vertx;
    private static EmbeddedPostgres postgres;
    private static EmbeddedRedis redis;
    private static KnownSecrets secrets;
    private static Path config;
    private static MonitorProcess monitor;
    private static Api api;

    @BeforeAll
    static void startsAll() throws Exception {
        vertx = Vertx.vertx();
        postgres = EmbeddedPostgres.start(directory.resolve("shared"));
        redis = EmbeddedRedis.start(directory.resolve("shared"));
        secrets = new KnownSecrets(SecretKey.random().nsec())
                .and(OF_POSTGRES, password(postgres.uri()))
                .and(OF_REDIS, password(redis.uri()))
                .and(ADMIN_TOKEN, TOKEN);
        SimulatedNetwork network = await(SimulatedNetwork.start(
                vertx,
                SimulatedNetwork.Options.of(40, 69, directory.resolve("simulated"))
                        .withLatencyScale(0.1)));
        config = configuration(network);
        monitor = start(Map.of("NOSTR_MONITOR_SECRET_KEY_FILE", file("key", secrets.of(KEY_IN_HEX))));
        api = new Api(monitor.dashboard());
    }

    private static String password(String uri) {
        String user = URI.create(uri).getUserInfo();
        return user.substring(user.indexOf(':') + 1);
    }

    private static Path configuration(SimulatedNetwork network) throws IOException {
        JsonObject json = new JsonObject(Files.readString(network.config()));
        json.put("http", new JsonObject().put("port", 0).put("adminTokenFile", file("token", TOKEN + "\n")));
        return Files.writeString(directory.resolve("config.json"), json.encode());
    }

    private static MonitorProcess start(Map<String, String> given) throws IOException {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("NOSTR_MONITOR_POSTGRES_URI_FILE", file("postgres", postgres.uri()));
        environment.put("NOSTR_MONITOR_REDIS_URI_FILE", file("redis", redis.uri()));
        environment.putAll(given);
        return MonitorProcess.start(directory, environment, "-conf", config.toString());
    }

    private static String file(String name, String content) throws IOException {
        Path file = Files.writeString(directory.resolve("secret-" + name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file.toString();
    }

    @AfterAll
    static void stopsAll() throws Exception {
        monitor.close();
        await(vertx.close());
        redis.stop();
        postgres.stop();
    }

    /** First, while what was read at the start may still lie about: unreachable objects are in this dump, too. */
    @Test
    @Order(1)
    void theHeapHasTheKeyOnceAndInNoOtherForm() throws Exception {
        Map<String, Integer> found = inHeap(monitor, secrets, "-all");

        assertThat(found)
                .containsEntry(KEY_IN_HEX, 0)
                .containsEntry(KEY_AS_NSEC, 0)
                .containsEntry(KEY_IN_BASE64, 0)
                .containsEntry(ADMIN_TOKEN, 0);
        // The signer works, so it has the key: the one that was found is the signer's.
        assertThat(found).containsEntry(KEY_ITSELF, 1);
        // The drivers log in with these whenever a connection is lost. That they are found shows that the search finds.
        assertThat(found.get(OF_POSTGRES)).isPositive();
        assertThat(found.get(OF_REDIS)).isPositive();
    }

    @Test
    @Order(2)
    void anAdminCallLeavesNoTokenBehind() throws Exception {
        api.awaitCycles(
                cycles -> !cycles.isEmpty() && cycles.get(0).getString("state").equals("complete"), PATIENCE);

        assertThat(letters("Bearer " + TOKEN)).isEqualTo(200);
        assertThat(letters("Bearer " + TOKEN + "x")).isEqualTo(401);
        assertThat(letters("Basic x")).isEqualTo(401);

        assertThat(inHeap(monitor, secrets))
                .containsEntry(ADMIN_TOKEN, 0)
                .containsEntry(KEY_IN_HEX, 0)
                .containsEntry(KEY_AS_NSEC, 0)
                .containsEntry(KEY_ITSELF, 1);
    }

    private static int letters(String authorization) throws Exception {
        URI uri = URI.create(monitor.dashboard() + "/api/v1/admin/dead-letters?region=local");
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", authorization)
                .timeout(Duration.ofSeconds(10))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        secrets.assertNotIn("an admin answer", response.headers().map() + response.body());
        return response.statusCode();
    }

    @Test
    @Order(3)
    void noPageAndNoRouteShowsASecret() {
        String relay = "/api/v1/relays/" + Api.encoded(api.allRelays().get(0).getString("url"));

        List<String> seen = new SiteWalk(api)
                .from("/", "/metrics", "/health/live", "/health/ready", "/health/started", "/api/v1/openapi.yaml")
                .from("/api/v1/overview", "/api/v1/relays?limit=200", "/api/v1/cycles", "/api/v1/queue")
                .from(relay, relay + "/results", relay + "/jobs")
                .each(150, secrets::assertNotIn);

        assertThat(seen).hasSizeGreaterThan(30).contains("/relays", "/system");
    }

    @Test
    @Order(4)
    void noDatabaseHasASecret() throws Exception {
        assertThat(StoredTexts.inRedis(vertx, redis.uri(), secrets::assertNotIn))
                .isPositive();
        assertThat(StoredTexts.inPostgres(postgres.jdbcUrl(), secrets::assertNotIn))
                .isGreaterThan(10);
    }

    /** Rows that were, and what Redis appended, are in the files. Their passwords are there too: the servers have them there. */
    @Test
    @Order(5)
    void noFileOfTheDatabasesHasTheKeyOrTheToken() throws Exception {
        int files = 0;
        for (String folder : List.of("shared/postgres/data", "shared/redis")) {
            try (Stream<Path> all = Files.walk(directory.resolve(folder))) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    files += hasNeither(file) ? 1 : 0;
                }
            }
        }
        assertThat(files).isGreaterThan(100);
    }

    private static boolean hasNeither(Path file) throws IOException {
        try {
            Map<String, Integer> found = secrets.search().in(file);
            found.keySet().removeAll(List.of(OF_POSTGRES, OF_REDIS));
            assertThat(found.values()).as(file + ": " + found).containsOnly(0);
            return true;
        } catch (NoSuchFileException e) {
            return false; // the server has deleted it meanwhile
        }
    }

    @Test
    @Order(6)
    void whatTheJvmTellsOfItselfHasNoSecret() throws Exception {
        var quit = new ProcessBuilder("kill", "-QUIT", String.valueOf(monitor.pid())).start();
        assertThat(quit.waitFor()).isZero();
        monitor.awaitLine("JNI global refs", PATIENCE);

        for (String command : List.of("Thread.print", "VM.system_properties", "VM.command_line", "VM.info")) {
            secrets.assertNotIn(command, monitor.jcmd(command));
        }
        secrets.assertNotIn("the command line", Files.readString(Path.of("/proc", "" + monitor.pid(), "cmdline")));
    }

    @Test
    @Order(7)
    void aKeyThatIsMadeOrReadFromItsFileLeavesNoTraceInMemory() throws Exception {
        Path data = directory.resolve("new");
        Map<String, String> onlyPages =
                Map.of("NOSTR_MONITOR_ROLES", "http", "NOSTR_MONITOR_DATA_DIRECTORY", data.toString());
        for (String how : List.of("made", "read")) {
            try (MonitorProcess second = start(onlyPages)) {
                assertThat(second.dashboard()).isNotEmpty();
                KnownSecrets key = new KnownSecrets(
                        Files.readString(data.resolve("monitor.key")).strip());

                assertThat(inHeap(second, key, "-all"))
                        .as(how)
                        .isEqualTo(Map.of(KEY_ITSELF, 1, KEY_IN_HEX, 0, KEY_AS_NSEC, 0, KEY_IN_BASE64, 0));
                key.assertNotIn("its log", String.join("\n", second.output()));
            }
        }
    }

    /** Of living objects only: the library that derives the key makes copies of the password that nobody can wipe. */
    @Test
    @Order(8)
    void aKeyBehindAPasswordIsOpenedAndThePasswordForgotten() throws Exception {
        String password = "correct horse \u00e4 battery";
        KnownSecrets key = new KnownSecrets(SecretKey.random().nsec());
        String sealed =
                Ncryptsec.encrypt(SecretKey.parse(key.of(KEY_AS_NSEC)), Password.of(password), Ncryptsec.USUAL_LOG_N);
        key.and(PASSWORD, password);
        Map<String, String> onlyPages = Map.of(
                "NOSTR_MONITOR_ROLES", "http",
                "NOSTR_MONITOR_KEY_FILE", file("sealed", sealed + "\n"),
                "NOSTR_MONITOR_KEY_PASSWORD_FILE", file("password", password + "\n"));
        try (MonitorProcess second = start(onlyPages)) {
            assertThat(second.dashboard()).isNotEmpty();

            assertThat(inHeap(second, key))
                    .isEqualTo(Map.of(KEY_ITSELF, 1, KEY_IN_HEX, 0, KEY_AS_NSEC, 0, KEY_IN_BASE64, 0, PASSWORD, 0));
            key.assertNotIn("its log", String.join("\n", second.output()));
        }
    }

    @Test
    @Order(9)
    void aStartThatFailsRepeatsNoSecret() throws Exception {
        String key = secrets.of(KEY_IN_HEX);
        String nsec = secrets.of(KEY_AS_NSEC);
        String broken = nsec.substring(0, 62) + (nsec.endsWith("q") ? "p" : "q");
        String uri = postgres.uri().replace(secrets.of(OF_POSTGRES), "hunter2hunter2");

        assertStartFails(Map.of("NOSTR_MONITOR_SECRET_KEY_FILE", file("broken", broken)), broken.substring(0, 60));
        assertStartFails(Map.of("NOSTR_MONITOR_SECRET_KEY", key + "f"), key);
        assertStartFails(Map.of("NOSTR_MONITOR_POSTGRES_URI_FILE", file("wrong", uri)), "hunter2");
    }

    private static void assertStartFails(Map<String, String> wrong, String secret) throws Exception {
        try (MonitorProcess failing = start(wrong)) {
            assertThat(failing.awaitExit(PATIENCE)).isNotZero();
            String said = String.join("\n", failing.output());
            assertThat(said).isNotBlank().doesNotContain(secret);
            secrets.assertNotIn("a start that fails", said);
        }
    }

    @Test
    @Order(10)
    void noLineThatItPrintedHasASecret() throws Exception {
        monitor.terminate();
        assertThat(monitor.awaitExit(Duration.ofSeconds(20))).isIn(0, 143);

        assertThat(monitor.output()).hasSizeGreaterThan(10);
        secrets.assertNotIn("the log", String.join("\n", monitor.output()));
    }

    private static Map<String, Integer> inHeap(MonitorProcess process, KnownSecrets known, String... options)
            throws Exception {
        Path dump = directory.resolve("heap.hprof");
        List<String> command = new ArrayList<>(List.of("GC.heap_dump"));
        command.addAll(List.of(options));
        command.add(dump.toString());
        assertThat(process.jcmd(command.toArray(String[]::new))).contains("Heap dump file created");
        Map<String, Integer> found = known.search().in(dump);
        Files.delete(dump);
        return found;
    }
}
