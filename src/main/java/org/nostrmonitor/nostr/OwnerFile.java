package org.nostrmonitor.nostr;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** A small file with a secret in it, for its owner's eyes only. All of it blocks. */
final class OwnerFile {
    /** What must not be allowed to anybody else. */
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private OwnerFile() {}

    /** What is made of the content, which is wiped after. */
    @FunctionalInterface
    interface Reader<T> {
        T read(byte[] bytes, int length) throws KeyFileException;
    }

    /**
     * Reads it into one array and nowhere else, so that no copy is left to be wiped.
     *
     * @param what it is, for a fault
     * @param most bytes; one more are handed over if there are more
     * @throws KeyFileException if it is open to group or others
     * @throws IOException if it cannot be read
     */
    static <T> T read(String what, Path file, int most, Reader<T> reader) throws KeyFileException, IOException {
        requireOwnerOnly(what, file);
        byte[] bytes = new byte[most + 1];
        try (InputStream in = Files.newInputStream(file)) {
            return reader.read(bytes, in.readNBytes(bytes, 0, bytes.length));
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static void requireOwnerOnly(String what, Path file) throws KeyFileException, IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        Set<PosixFilePermission> allowed = Files.getPosixFilePermissions(file);
        if (allowed.stream().anyMatch(OTHERS::contains)) {
            throw new KeyFileException(
                    what,
                    file,
                    "is open to others than its owner (" + PosixFilePermissions.toString(allowed)
                            + "): run chmod 600 on it");
        }
    }

    /** In words, without the name of the file. */
    static String why(IOException e) {
        String reason = e instanceof FileSystemException fault ? fault.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }
}
