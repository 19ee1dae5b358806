package org.nostrmonitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.testing.Await.await;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
import org.nostrmonitor.nostr.RawKey;
import org.nostrmonitor.nostr.SecretKey;
import org.nostrmonitor.simulator.SimulatedNetwork;
import org.nostrmonitor.testing.Api;
import org.nostrmonitor.testing.ByteSearch;
import org.nostrmonitor.testing.MonitorProcess;
import org.nostrmonitor.testing.SiteWalk;

/**
 * The whole monitor with a key, passwords and a token that we know, given in files; then everything that it wrote, says and
 * holds in memory is searched for them.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(240)
class SecretsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String TOKEN =
            "Tk" + HexFormat.of().formatHex(new byte[] {17, 34, 51, 68, 85, 102, 119, -120, -103, -86});
    private static final SecretKey KEY = SecretKey.random();

    @TempDir
    static Path directory;

    private static Vertx vertx;
    private static EmbeddedPostgres postgres;
    private static EmbeddedRedis redis;
    private static MonitorProcess monitor;
    private static Api api;
    private static Path config;

    /** By name, what nobody may see. */
    private static final Map<String, String> SECRETS = new LinkedHashMap<>();

    @BeforeAll
    static void startsAll() throws Exception {
        vertx = Vertx.vertx();
        postgres = EmbeddedPostgres.start(directory.resolve("shared"));
        redis = EmbeddedRedis.start(directory.resolve("shared"));
        SimulatedNetwork network = await(SimulatedNetwork.start(
                vertx,
                SimulatedNetwork.Options.of(40, 69, directory.resolve("simulated"))
                        .withLatencyScale(0.1)));
        byte[] raw = RawKey.of(KEY.nsec());
        SECRETS.put("key in hex", HexFormat.of().formatHex(raw));
        SECRETS.put("key as nsec", KEY.nsec());
        SECRETS.put("key in base64", Base64.getEncoder().withoutPadding().encodeToString(raw));
        SECRETS.put("password of PostgreSQL", password(postgres.uri()));
        SECRETS.put("password of Redis", password(redis.uri()));
        SECRETS.put("admin token", TOKEN);
        config = configuration(network);
        monitor = start("", Map.of("NOSTR_MONITOR_SECRET_KEY_FILE", file("key", SECRETS.get("key in hex"))));
        api = new Api(monitor.dashboard());
        api.awaitCycles(
                cycles -> !cycles.isEmpty() && cycles.get(0).getString("state").equals("complete"), PATIENCE);
    }

    private static Path configuration(SimulatedNetwork network) throws IOException {
        JsonObject json = new JsonObject(Files.readString(network.config()));
        json.put("http", new JsonObject().put("port", 0).put("adminTokenFile", file("token", TOKEN + "\n")));
        return Files.writeString(directory.resolve("config.json"), json.encode());
    }

    private static MonitorProcess start(String roles, Map<String, String> key) throws IOException {
        Map<String, String> environment = new LinkedHashMap<>(key);
        environment.put("NOSTR_MONITOR_ROLES", roles);
        environment.put("NOSTR_MONITOR_POSTGRES_URI_FILE", file("postgres", postgres.uri()));
        environment.put("NOSTR_MONITOR_REDIS_URI_FILE", file("redis", redis.uri()));
        return MonitorProcess.start(directory, environment, "-conf", config.toString());
    }

    private static String file(String name, String content) throws IOException {
        Path file = Files.writeString(directory.resolve("secret-" + name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file.toString();
    }

    private static String password(String uri) {
        String user = URI.create(uri).getUserInfo();
        return user.substring(user.indexOf(':') + 1);
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
        Map<String, Integer> found = search(heap(monitor, "-all"), RawKey.of(KEY.nsec()));

        assertThat(found)
                .containsEntry("key in hex", 0)
                .containsEntry("key as nsec", 0)
                .containsEntry("key in base64", 0);
        assertThat(found).containsEntry("admin token", 0);
        // The signer works, so it has the key: the one that was found is the signer's.
        assertThat(found).containsEntry("the key itself", 1);
        // The drivers log in again with these whenever a connection is lost. That they are found shows that the search
        // finds.
        assertThat(found.get("password of PostgreSQL")).isPositive();
        assertThat(found.get("password of Redis")).isPositive();
    }

    @Test
    @Order(2)
    void anAdminCallLeavesNoTokenBehind() throws Exception {
        assertThat(letters("Bearer " + TOKEN)).isEqualTo(200);
        assertThat(letters("Bearer " + TOKEN + "x")).isEqualTo(401);
        assertThat(letters("Basic x")).isEqualTo(401);

        assertThat(search(heap(monitor), RawKey.of(KEY.nsec())))
                .containsEntry("admin token", 0)
                .containsEntry("key in hex", 0)
                .containsEntry("key as nsec", 0)
                .containsEntry("the key itself", 1);
    }

    private static int letters(String authorization) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(monitor.dashboard() + "/api/v1/admin/dead-letters?region=local"))
                .header("Authorization", authorization)
                .timeout(Duration.ofSeconds(10))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertSecretless("an admin answer", response.headers().map() + response.body());
        return response.statusCode();
    }

    @Test
    @Order(3)
    void noPageAndNoRouteShowsASecret() {
        List<String> seen = new SiteWalk(api)
                .from(
                        "/",
                        "/metrics",
                        "/health/live",
                        "/health/ready",
                        "/health/started",
                        "/api/v1/overview",
                        "/api/v1/relays?limit=200",
                        "/api/v1/cycles",
                        "/api/v1/queue",
                        "/api/v1/openapi.yaml",
                        "/api/v1/relays/" + Api.encoded(api.allRelays().get(0).getString("url")),
                        "/api/v1/relays/" + Api.encoded(api.allRelays().get(0).getString("url")) + "/results",
                        "/api/v1/relays/" + Api.encoded(api.allRelays().get(0).getString("url")) + "/jobs")
                .each(200, (path, page) -> assertSecretless(path, page));

        assertThat(seen).hasSizeGreaterThan(30).contains("/relays", "/system");
    }

    @Test
    @Order(4)
    void redisHasNoSecret() throws Exception {
        Redis client = Redis.createClient(vertx, redis.uri());
        Response keys = await(client.send(Request.cmd(Command.KEYS).arg("*")));
        assertThat(keys.size()).isPositive();
        for (Response key : keys) {
            assertSecretless("Redis " + key, key + " " + value(client, key.toString()));
        }
        await(client.close());
    }

    private static Response value(Redis client, String key) {
        String type = await(client.send(Request.cmd(Command.TYPE).arg(key))).toString();
        Request request = switch (type) {
            case "string" -> Request.cmd(Command.GET).arg(key);
            case "hash" -> Request.cmd(Command.HGETALL).arg(key);
            case "set" -> Request.cmd(Command.SMEMBERS).arg(key);
            case "list" -> Request.cmd(Command.LRANGE).arg(key).arg(0).arg(-1);
            case "zset" -> Request.cmd(Command.ZRANGE).arg(key).arg(0).arg(-1);
            default -> throw new AssertionError(key + " is a " + type);
        };
        return await(client.send(request));
    }

    @Test
    @Order(5)
    void postgresqlHasNoSecret() throws Exception {
        try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl());
                Statement statement = connection.createStatement()) {
            List<String> tables = column(
                    statement,
                    "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
                            + " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')");
            assertThat(tables).hasSizeGreaterThan(10);
            for (String table : tables) {
                List<String> rows = column(statement, "SELECT t::text FROM " + table + " t");
                assertSecretless(table, String.join("\n", rows));
            }
        }
    }

    private static List<String> column(Statement statement, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(String.valueOf(rows.getString(1)));
            }
        }
        return values;
    }

    /** Rows that were, and what Redis appended, are in the files: the passwords are too, where the servers have them from. */
    @Test
    @Order(6)
    void noFileOfTheDatabasesHasTheKeyOrTheToken() throws Exception {
        ByteSearch search = wanted(RawKey.of(KEY.nsec()));
        int files = 0;
        try (Stream<Path> all = Files.walk(directory.resolve("shared"))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Map<String, Integer> found = search.in(file);
                found.keySet().removeIf(name -> name.startsWith("password"));
                assertThat(found.values()).as(file + ": " + found).containsOnly(0);
                files++;
            }
        }
        assertThat(files).isGreaterThan(100);
    }

    @Test
    @Order(7)
    void whatTheJvmTellsOfItselfHasNoSecret() throws Exception {
        assertThat(new ProcessBuilder("kill", "-QUIT", String.valueOf(monitor.pid()))
                        .start()
                        .waitFor())
                .isZero();
        monitor.awaitLine("JNI global refs", PATIENCE);

        for (String command :
                List.of("Thread.print", "VM.system_properties", "VM.command_line", "VM.info", "VM.flags")) {
            assertSecretless(command, jcmd(monitor, command));
        }
        assertSecretless("command line", Files.readString(Path.of("/proc", "" + monitor.pid(), "cmdline")));
    }

    @Test
    @Order(8)
    void aKeyThatIsMadeLeavesNoTraceInMemory() throws Exception {
        try (MonitorProcess second = start(
                "http",
                Map.of("NOSTR_MONITOR_DATA_DIRECTORY", directory.resolve("new").toString()))) {
            assertThat(second.dashboard()).isNotEmpty();
            String nsec = Files.readString(directory.resolve("new/monitor.key")).strip();
            byte[] raw = RawKey.of(nsec);

            Map<String, Integer> found = new ByteSearch()
                    .wanting("hex", HexFormat.of().formatHex(raw))
                    .wanting("nsec", nsec)
                    .wanting("itself", raw)
                    .in(heap(second, "-all"));

            assertThat(found).isEqualTo(Map.of("hex", 0, "nsec", 0, "itself", 1));
            assertSecretless("its log", String.join("\n", second.output()));
        }
    }

    @Test
    @Order(9)
    void aStartThatFailsRepeatsNoSecret() throws Exception {
        String broken = KEY.nsec().substring(0, 62) + (KEY.nsec().endsWith("q") ? "p" : "q");
        assertStartFails(Map.of("NOSTR_MONITOR_SECRET_KEY_FILE", file("broken", broken)), broken.substring(0, 60));
        assertStartFails(
                Map.of("NOSTR_MONITOR_SECRET_KEY", SECRETS.get("key in hex") + "f"), SECRETS.get("key in hex"));
        assertStartFails(
                Map.of(
                        "NOSTR_MONITOR_POSTGRES_URI_FILE",
                        file("wrong", postgres.uri().replace(SECRETS.get("password of PostgreSQL"), "hunter2hunter2"))),
                "hunter2");
    }

    private static void assertStartFails(Map<String, String> wrong, String secret) throws Exception {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("NOSTR_MONITOR_POSTGRES_URI_FILE", file("postgres", postgres.uri()));
        environment.put("NOSTR_MONITOR_REDIS_URI_FILE", file("redis", redis.uri()));
        environment.putAll(wrong);
        try (MonitorProcess failing = MonitorProcess.start(directory, environment, "-conf", config.toString())) {
            assertThat(failing.awaitExit(PATIENCE)).isNotZero();
            assertThat(String.join("\n", failing.output())).isNotBlank().doesNotContain(secret);
            assertSecretless("a start that fails", String.join("\n", failing.output()));
        }
    }

    @Test
    @Order(10)
    void noLineThatItPrintedHasASecret() throws Exception {
        monitor.terminate();
        assertThat(monitor.awaitExit(Duration.ofSeconds(20))).isIn(0, 143);

        assertThat(monitor.output()).hasSizeGreaterThan(10);
        assertSecretless("the log", String.join("\n", monitor.output()));
    }

    private static void assertSecretless(String where, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        SECRETS.forEach((name, secret) -> assertThat(lower.contains(secret.toLowerCase(Locale.ROOT)))
                .as(where + " has the " + name)
                .isFalse());
    }

    private static ByteSearch wanted(byte[] key) {
        ByteSearch search = new ByteSearch().wanting("the key itself", key);
        SECRETS.forEach(search::wanting);
        return search;
    }

    private static Map<String, Integer> search(Path dump, byte[] key) throws IOException {
        Map<String, Integer> found = wanted(key).in(dump);
        Files.delete(dump);
        return found;
    }

    private static Path heap(MonitorProcess process, String... options) throws Exception {
        Path dump = directory.resolve("heap.hprof");
        Files.deleteIfExists(dump);
        List<String> command = new ArrayList<>(List.of("GC.heap_dump"));
        command.addAll(List.of(options));
        command.add(dump.toString());
        assertThat(jcmd(process, command.toArray(String[]::new))).contains("Heap dump file created");
        return dump;
    }

    private static String jcmd(MonitorProcess process, String... command) throws Exception {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), String.valueOf(process.pid())));
        line.addAll(List.of(command));
        Process jcmd = new ProcessBuilder(line).redirectErrorStream(true).start();
        String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jcmd.waitFor()).as(output).isZero();
        return Objects.requireNonNull(output);
    }
}
