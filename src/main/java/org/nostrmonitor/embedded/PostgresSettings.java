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
            // Two cores, and a few gigabytes that others use too: what is read often stays here, the rest in the
            // page cache of the system.
            Map.entry("shared_buffers", "256MB"),
            Map.entry("effective_cache_size", "1GB"),
            Map.entry("work_mem", "16MB"),
            Map.entry("maintenance_work_mem", "128MB"),
            // A page is written whole into the log once after each checkpoint: fewer of them, and packed.
            Map.entry("checkpoint_timeout", "15min"),
            Map.entry("max_wal_size", "2GB"),
            Map.entry("wal_compression", "on"),
            // What stores results leaves pages behind that have to be written: not by those who only read.
            Map.entry("bgwriter_lru_maxpages", "1000"),
            Map.entry("bgwriter_lru_multiplier", "4"),
            // No disk that turns. Compiling a plan takes longer than any question here.
            Map.entry("random_page_cost", "1.1"),
            Map.entry("jit", "off"),
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
