package org.nostrmonitor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nostrmonitor.relay.RelayUrl;

class ConfigLoaderTest {
    private static final Path EXAMPLE = Path.of("conf/config.json");

    @TempDir
    Path directory;

    @Test
    void noFileIsAGoodConfiguration() throws InvalidConfig {
        assertThat(new ConfigLoader(Map.of("PATH", "/bin")).load(null, Flags.NONE))
                .isEqualTo(MonitorConfig.DEFAULT);
    }

    @Test
    void theExampleIsTheDefaultWithThreeRelaysToPublishTo() throws InvalidConfig {
        MonitorConfig example = load(EXAMPLE, Map.of());

        assertThat(example.publish().relays())
                .extracting(RelayUrl::host)
                .containsExactly("relay.damus.io", "nos.lol", "relay.nostr.band");
        assertThat(withoutPublish(example)).isEqualTo(MonitorConfig.DEFAULT);
    }

    @Test
    void theExampleShowsEveryKey() throws IOException {
        List<String> missing = new ArrayList<>();
        collectMissing(MonitorConfig.class, new ObjectMapper().readTree(EXAMPLE.toFile()), "", missing);

        assertThat(missing).containsExactly("monitor.secretKey");
    }

    @Test
    void everyVariableIsDocumented() throws IOException {
        String page = Files.readString(Path.of("docs/configuration.md"));

        for (Environment.Variable variable : Environment.VARIABLES) {
            assertThat(page).contains("`NOSTR_MONITOR_" + variable.name() + "`");
            assertThat(page.contains("`NOSTR_MONITOR_" + variable.name() + "_FILE`"))
                    .isEqualTo(variable.secret());
        }
    }

    @Test
    void readsWhatTheFileSays() throws Exception {
        MonitorConfig config = load(file("""
                {"roles": ["worker"], "region": "eu-1", "dataDirectory": "/var/lib/monitor",
                 "postgres": {"uri": "postgresql://u:p@db:5432/monitor"}, "redis": {"uri": "redis://cache"},
                 "monitor": {"keyFile": "k", "geohash": "u33d"}, "schedule": {"cron": "*/5 * * * *"},
                 "relays": {"urls": ["wss://NOS.lol"], "builtin": false},
                 "checks": {"read": {"enabled": false, "timeoutMs": 100}, "write": {"everySeconds": 60}},
                 "network": {"allowAddresses": ["127.0.0.0/8", "fd00::/8"], "dnsServers": ["[::1]:5353"],
                             "proxies": {"tor": "socks5://127.0.0.1:9050"}},
                 "geo": {"anycastAsns": [64496, 4294967295]},
                 "rateLimits": {"perHost": 0.5}, "cluster": {"members": ["node-b:5701"]}}
                """), Map.of());

        assertThat(config.roles()).containsExactly(Role.WORKER);
        assertThat(config.region()).isEqualTo("eu-1");
        assertThat(config.dataDirectory()).isEqualTo(Path.of("/var/lib/monitor"));
        assertThat(config.postgres()).isEqualTo(new MonitorConfig.Postgres("postgresql://u:p@db:5432/monitor"));
        assertThat(config.redis()).isEqualTo(new MonitorConfig.Redis("redis://cache"));
        assertThat(config.monitor().keyFile()).isEqualTo(Path.of("k"));
        assertThat(config.schedule().cron()).isEqualTo("*/5 * * * *");
        assertThat(config.relays().urls()).containsExactly("wss://nos.lol/");
        assertThat(config.relays().builtin()).isFalse();
        assertThat(config.checks().read())
                .isEqualTo(new MonitorConfig.Check(false, Duration.ofMillis(100), Duration.ZERO));
        assertThat(config.checks().write())
                .isEqualTo(new MonitorConfig.Check(true, Duration.ofSeconds(10), Duration.ofMinutes(1)));
        assertThat(config.network().proxies()).containsEntry("tor", "socks5://127.0.0.1:9050");
        assertThat(config.geo()).isEqualTo(new MonitorConfig.Geo(List.of(), List.of(64_496L, 4_294_967_295L)));
        assertThat(config.rateLimits().perHost()).isEqualTo(0.5);
        assertThat(config.cluster().members()).containsExactly("node-b:5701");
    }

    @Test
    void theEnvironmentStandsOverTheFileAndFlagsOverBoth() throws Exception {
        Path file = file("{\"region\": \"file\", \"http\": {\"port\": 1, \"host\": \"::1\"}}");

        MonitorConfig config = new ConfigLoader(Map.of(
                        "NOSTR_MONITOR_REGION", "environment",
                        "NOSTR_MONITOR_HTTP_PORT", "2",
                        "NOSTR_MONITOR_DATA_DIRECTORY", ""))
                .load(file, new Flags("worker, http", null, "3", null));

        assertThat(config.region()).isEqualTo("environment");
        assertThat(config.http()).isEqualTo(new MonitorConfig.Http("::1", 3, null));
        assertThat(config.roles()).isEqualTo(Set.of(Role.WORKER, Role.HTTP));
        assertThat(config.dataDirectory()).isEqualTo(MonitorConfig.DEFAULT.dataDirectory());
    }

    @Test
    void readsASecretFromTheFileThatAVariableNames() throws Exception {
        Path secret = Files.writeString(directory.resolve("key"), "ab".repeat(32) + "\n");

        MonitorConfig config =
                new ConfigLoader(Map.of("NOSTR_MONITOR_SECRET_KEY_FILE", secret.toString())).load(null, Flags.NONE);

        Secret key = Objects.requireNonNull(config.monitor().secretKey());
        assertThat(key.text().toString()).isEqualTo("ab".repeat(32));
        assertThat(key.toString()).doesNotContain("abab");
        key.forget();
        assertThat(key.text().toString()).doesNotContain("ab");
        assertThat(config.toString()).doesNotContain("abab");
    }

    @Test
    void namesTheVariableOrFlagThatIsAtFault() {
        Map<String, String> environment = Map.of(
                "NOSTR_MONITOR_HTTP_PORT", "eighty",
                "NOSTR_MONITOR_ROLES", "worker,,foo",
                "NOSTR_MONITOR_POSTGRES_URI", "hunter2",
                "NOSTR_MONITOR_REDIS_URI_FILE", "no/such/file",
                "NOSTR_MONITOR_SECRET_KEY", "hunter2");

        InvalidConfig invalid = catchThrowableOfType(
                InvalidConfig.class,
                () -> new ConfigLoader(environment).load(null, new Flags(null, "A B", "70000", null)));

        assertThat(invalid.faults())
                .containsExactly(
                        "NOSTR_MONITOR_REDIS_URI_FILE: there is no such file",
                        "NOSTR_MONITOR_HTTP_PORT: \"eighty\" is not a whole number",
                        "NOSTR_MONITOR_ROLES[1]: no role is called \"\""
                                + " (scheduler, worker, publisher, coordinator, discovery, http)",
                        "NOSTR_MONITOR_ROLES[2]: no role is called \"foo\""
                                + " (scheduler, worker, publisher, coordinator, discovery, http)",
                        "--region: \"A B\" is not 1 to 32 of a-z, 0-9 and -",
                        "NOSTR_MONITOR_POSTGRES_URI: is not of the form"
                                + " postgresql://user:password@host:port/database",
                        "NOSTR_MONITOR_SECRET_KEY: is neither 64 hex digits, nor an nsec1 or ncryptsec1 key",
                        "--http-port: 70000 is above 65535");
    }

    @Test
    void anUnknownVariableOfOursIsAFault() {
        assertThatThrownBy(() -> new ConfigLoader(Map.of("NOSTR_MONITOR_HTTP_PROT", "80")).load(null, Flags.NONE))
                .isInstanceOf(InvalidConfig.class)
                .hasMessageStartingWith("NOSTR_MONITOR_HTTP_PROT: there is no such variable (ROLES, REGION, ");
    }

    @Test
    void aSecretAndItsFileTogetherAreAFault() {
        Map<String, String> both = Map.of("NOSTR_MONITOR_REDIS_URI", "redis://a", "NOSTR_MONITOR_REDIS_URI_FILE", "f");

        assertThatThrownBy(() -> new ConfigLoader(both).load(null, Flags.NONE))
                .hasMessage("NOSTR_MONITOR_REDIS_URI_FILE: NOSTR_MONITOR_REDIS_URI is set too");
    }

    @Test
    void aMissingFileIsOneLine() {
        assertThatThrownBy(() -> load(Path.of("no/config.json"), Map.of()))
                .isInstanceOf(InvalidConfig.class)
                .hasMessage("no/config.json: there is no such file");
    }

    @Test
    void tellsAtMostAHundredFaults() throws IOException {
        String keys = "\"k\": 1, ".repeat(150);
        Path file = file("{" + keys + "\"k\": 1}");

        InvalidConfig invalid = catchThrowableOfType(InvalidConfig.class, () -> load(file, Map.of()));

        assertThat(invalid.faults()).hasSize(101).last().isEqualTo("and 51 more");
    }

    private Path file(String json) throws IOException {
        return Files.writeString(directory.resolve("config.json"), json);
    }

    private static MonitorConfig load(Path file, Map<String, String> environment) throws InvalidConfig {
        return new ConfigLoader(environment).load(file, Flags.NONE);
    }

    private static MonitorConfig withoutPublish(MonitorConfig c) {
        return new MonitorConfig(
                c.roles(),
                c.region(),
                c.dataDirectory(),
                c.postgres(),
                c.redis(),
                c.monitor(),
                c.schedule(),
                c.relays(),
                c.checks(),
                MonitorConfig.DEFAULT.publish(),
                c.discovery(),
                c.network(),
                c.geo(),
                c.rateLimits(),
                c.retention(),
                c.worker(),
                c.http(),
                c.cluster());
    }

    private static void collectMissing(Class<?> type, JsonNode node, String path, List<String> missing) {
        for (RecordComponent component : type.getRecordComponents()) {
            String key = switch (component.getName()) {
                case "timeout" -> "timeoutMs";
                case "every" -> "everySeconds";
                case "longestBackOff" -> "longestBackOffSeconds";
                default -> component.getName();
            };
            if (!node.has(key)) {
                missing.add(path + key);
            } else if (component.getType().isRecord()) {
                collectMissing(component.getType(), node.get(key), path + key + ".", missing);
            }
        }
    }
}
