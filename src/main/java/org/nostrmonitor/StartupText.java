package org.nostrmonitor;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.config.Role;
import org.nostrmonitor.keys.NodeKeys;
import org.nostrmonitor.nostr.Nip19;
import org.nostrmonitor.relay.RelayUrl;

/** What a node says once when it is up: where everything is, and when the next cycle is. */
final class StartupText {
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final StringBuilder text = new StringBuilder();

    private StartupText() {}

    /** Completes with the text. */
    static Future<String> of(Parts parts, int port, Instant nextTick) {
        if (!parts.has(Role.SCHEDULER)) {
            return Future.succeededFuture(
                    new StartupText().common(parts, port).text.toString());
        }
        return parts.relays()
                .countEnabled()
                .map(count -> new StartupText()
                        .common(parts, port)
                        .line("Relays", String.format(Locale.ROOT, "%,d", count))
                        .line("Publishing", publishing(parts.shared().publish().relays()))
                        .line("Cycles", cycles(parts, nextTick))
                        .text
                        .toString());
    }

    private StartupText common(Parts parts, int port) {
        MonitorConfig config = parts.config();
        text.append("Nostr Monitor is up: ").append(roles(config)).append('\n');
        String base = "http://" + webHost(config.http().host()) + ":" + port;
        if (parts.has(Role.HTTP)) {
            line("Dashboard", base + "/");
            line("Relay", base.replaceFirst("http", "ws") + "/ (these events, for any Nostr client)");
        } else {
            line("Health", base + "/health/ready");
        }
        if (parts.has(Role.WORKER)) {
            line("Worker", "region " + config.region() + ", " + config.worker().concurrency() + " probes at a time");
        }
        line("PostgreSQL", parts.foundations().postgresAt() + where(config, config.postgres() == null));
        line("Redis", parts.foundations().redisAt() + where(config, config.redis() == null));
        return line("Key", Nip19.npub(parts.keys().primary().publicKey()) + keyFile(config));
    }

    private StartupText line(String label, String value) {
        text.append(String.format(Locale.ROOT, "  %-11s %s%n", label, value));
        return this;
    }

    /** What a browser on this machine can open. */
    private static String webHost(String host) {
        return switch (host) {
            case "127.0.0.1", "0.0.0.0", "::", "::1" -> "localhost";
            default -> host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        };
    }

    private static String roles(MonitorConfig config) {
        return Stream.of(Role.values())
                .filter(config.roles()::contains)
                .map(Role::label)
                .collect(Collectors.joining(", "));
    }

    private static String where(MonitorConfig config, boolean embedded) {
        return embedded ? " (embedded, in " + config.dataDirectory() + ")" : "";
    }

    private static String keyFile(MonitorConfig config) {
        return config.monitor().secretKey() == null ? " (" + NodeKeys.file(config) + ")" : "";
    }

    private static String publishing(List<RelayUrl> targets) {
        return targets.isEmpty()
                ? "to nobody: events are signed, stored and shown. To publish, set publish.relays (conf/config.json)"
                : "to " + targets.stream().map(RelayUrl::value).collect(Collectors.joining(" "));
    }

    private static String cycles(Parts parts, Instant next) {
        return "next tick at " + HOUR.format(next) + " ("
                + parts.shared().schedule().cron() + "); the first cycle begins now, unless one has just begun";
    }
}
