package org.nostrmonitor.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import redis.embedded.RedisExecProvider;

/** The files of the embedded Redis, in {@code <dataDirectory>/redis}: the program, its settings, its log, its data. */
record RedisDirectory(Path path) {
    static RedisDirectory in(Path dataDirectory) throws IOException {
        Path path = dataDirectory.toAbsolutePath().normalize().resolve("redis");
        Files.createDirectories(path);
        return new RedisDirectory(path);
    }

    Path program() {
        return path.resolve("redis-server");
    }

    Path settings() {
        return path.resolve("redis.conf");
    }

    Path pidFile() {
        return path.resolve("redis.pid");
    }

    Path log() {
        return path.resolve("redis.log");
    }

    /** Puts the program of this machine's kind there. The library only unpacks: see {@link EmbeddedRedis}. */
    void unpackProgram() throws IOException {
        Path unpacked = RedisExecProvider.defaultProvider().get().toPath();
        Path staged = path.resolve("redis-server.new");
        Files.move(unpacked, staged, StandardCopyOption.REPLACE_EXISTING);
        Files.deleteIfExists(unpacked.getParent());
        Files.setPosixFilePermissions(staged, PosixFilePermissions.fromString("rwx------"));
        Files.move(staged, program(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Everything in the append-only file, written through once a second, and no snapshots. Refusing writes when memory is
     * short is better than forgetting jobs. Only small hashes and sorted sets are kept as lists: what is under a lease is
     * looked up by name, and with 128 entries to read for each the queue is slower by a fifth.
     */
    void writeSettings(int port, String password) throws IOException {
        Files.deleteIfExists(settings());
        Files.createFile(
                settings(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(settings(), """
                bind 127.0.0.1
                port %d
                requirepass %s
                dir %s
                pidfile %s
                logfile %s
                daemonize no
                set-proc-title no
                databases 1
                save ""
                appendonly yes
                appendfsync everysec
                maxmemory-policy noeviction
                hash-max-listpack-entries 16
                zset-max-listpack-entries 16
                """.formatted(port, password, quoted(path), quoted(pidFile()), quoted(log())));
    }

    /** Keeps the log of the run before, which may say why it ended. */
    void turnLog() throws IOException {
        if (Files.exists(log())) {
            Files.move(log(), path.resolve("redis.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String quoted(Path path) {
        return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
