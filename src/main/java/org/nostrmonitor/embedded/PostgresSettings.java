package org.nostrmonitor.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the embedded server is told on its command line, so that a newer jar changes it without touching old data. */
final class PostgresSettings {
    private static final Map<String, String> SETTINGS = new TreeMap<>(Map.ofEntries(
            // A committed result is never lost, not even by a power cut.
            Map.entry("fsync", "on"),
            Map.entry("synchronous_commit", "on"),
            Map.entry("full_page_writes", "on"),
            Map.entry("listen_addresses", "127.0.0.1"),
            // A path in a deep data directory is too long for a Unix socket.
            Map.entry("unix_socket_directories", ""),
            Map.entry("max_connections", "60"),
            Map.entry("shared_buffers", "64MB"),
            Map.entry("max_wal_size", "512MB"),
            Map.entry("timezone", "UTC"),
            Map.entry("log_timezone", "UTC"),
            // Failed statements are the monitor's to log. The server's own log stays short: it is begun anew by each
            // start.
            Map.entry("log_min_messages", "log"),
            Map.entry("log_checkpoints", "off"),
            Map.entry("log_autovacuum_min_duration", "-1")));

    private PostgresSettings() {}

    static List<String> arguments(int port) {
        List<String> arguments = new ArrayList<>(List.of("-p", "" + port));
        SETTINGS.forEach((name, value) -> arguments.add("-c " + name + "=" + (value.isEmpty() ? "''" : value)));
        return arguments;
    }
}
