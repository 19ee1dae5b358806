package org.nostrmonitor.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked from the jar once and kept: unpacking takes seconds, a start about one. The folder's name
 * tells which archive it came from, so that a newer jar brings its own.
 */
final class PostgresBinaries {
    private static final String PREFIX = "postgres-bin-";
    private static final Set<PosixFilePermission> EXECUTABLE = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rw-r--r--");

    private PostgresBinaries() {}

    /** The folder that holds {@code bin}, {@code lib} and {@code share}; unpacks them there if they are missing. */
    static Path in(Path directory) throws IOException {
        URL archive = archive();
        Path ready = directory.resolve(PREFIX + fingerprint(archive));
        if (Files.isExecutable(ready.resolve("bin/postgres"))) {
            return ready;
        }
        Files.createDirectories(directory);
        Path partial = Files.createTempDirectory(directory, "unpacking-");
        try (InputStream in = archive.openStream()) {
            unpack(in, partial);
            moveIntoPlace(partial, ready);
        } finally {
            delete(partial);
        }
        return ready;
    }

    private static URL archive() {
        String name = "/postgres-" + os() + "-" + architecture() + ".txz";
        URL archive = PostgresBinaries.class.getResource(name);
        if (archive == null) {
            throw new CannotStartPostgres("this jar has no PostgreSQL for " + os() + " on " + architecture()
                    + "; name a server of your own in postgres.uri");
        }
        return archive;
    }

    private static String os() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    }

    private static String architecture() {
        String name = System.getProperty("os.arch", "");
        return name.equals("amd64") ? "x86_64" : name;
    }

    private static String fingerprint(URL archive) throws IOException {
        URLConnection connection = archive.openConnection();
        if (connection instanceof JarURLConnection jar) {
            return Long.toHexString(jar.getJarEntry().getCrc());
        }
        return Long.toHexString(connection.getContentLengthLong());
    }

    private static void unpack(InputStream archive, Path target) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive, 1 << 16)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, target.resolve(entry.getName()).normalize());
            }
        }
        Files.setPosixFilePermissions(target, EXECUTABLE);
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path file) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Path folder = file.getParent();
        if (folder != null) {
            Files.setPosixFilePermissions(Files.createDirectories(folder), EXECUTABLE);
        }
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, file);
        boolean executable = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(file, executable ? EXECUTABLE : READABLE);
    }

    /** Another process may have been faster: then its copy is as good as ours. */
    private static void moveIntoPlace(Path partial, Path ready) throws IOException {
        try {
            Files.move(partial, ready, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // Another process was first: as good. The JDK has no name of its own for that fault of an atomic move.
            if (!Files.isExecutable(ready.resolve("bin/postgres"))) {
                throw e;
            }
        }
    }

    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
