package org.nostrmonitor.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nostrmonitor.config.ConfigLoader;
import org.nostrmonitor.config.Flags;
import org.nostrmonitor.config.InvalidConfig;
import org.nostrmonitor.relay.Printable;

/** The configuration, from a file and from the environment. What is wrong is told a line each, and nothing else happens. */
final class SettingsTargets {
    private static final Path EXAMPLE = Path.of("conf/config.json");
    private static final String VARIABLES = """
            ROLES=worker,http
            REGION=eu-1
            POSTGRES_URI=postgresql://u:p@127.0.0.1:5432/db
            REDIS_URI=redis://:p@[::1]:6379/1
            SECRET_KEY=%s
            HTTP_PORT=8080
            WORKER_CONCURRENCY=10
            PUBLISH_RELAYS=wss://a.example,wss://b.example/x
            CLUSTER_MEMBERS=a:1,b:2""".formatted(NostrTargets.NSEC);

    private SettingsTargets() {}

    static List<Target> all() {
        try {
            return List.of(
                    Target.ofText(
                            "configuration file",
                            List.of(Files.readString(EXAMPLE)),
                            SettingsTargets::file,
                            InvalidConfig.class),
                    Target.ofText(
                            "configuration variables",
                            List.of(VARIABLES),
                            SettingsTargets::variables,
                            InvalidConfig.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void file(String json) throws IOException, InvalidConfig {
        Path file = Files.createTempFile("fuzz", ".json");
        try {
            Files.write(file, json.getBytes(StandardCharsets.UTF_8));
            load(new ConfigLoader(Map.of()), file);
        } finally {
            Files.delete(file);
        }
    }

    private static void variables(String lines) throws InvalidConfig {
        Map<String, String> environment = new HashMap<>();
        for (String line : lines.split("\n", -1)) {
            int equals = Math.max(0, line.indexOf('='));
            environment.put(
                    "NOSTR_MONITOR_" + line.substring(0, equals), line.substring(Math.min(line.length(), equals + 1)));
        }
        load(new ConfigLoader(environment), null);
    }

    private static void load(ConfigLoader loader, @org.jspecify.annotations.Nullable Path file) throws InvalidConfig {
        try {
            var unused = loader.load(file, Flags.NONE);
        } catch (InvalidConfig e) {
            assertThat(e.faults())
                    .hasSizeBetween(1, 101)
                    .allMatch(line -> line.length() < 3_100
                            && Printable.of(line, line.length()).equals(line));
            throw e;
        }
    }
}
