package org.nostrmonitor.nostr;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** The file of the monitor's secret key: 64 hex digits or {@code nsec1…}, for its owner's eyes only. All of it blocks. */
public final class KeyFile {
    private static final int MAX_BYTES = 256;

    /** What must not be allowed to anybody else. */
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private KeyFile() {}

    /**
     * Reads the key, or makes a new one and keeps it in the file with mode 0600; directories above it are made.
     * Of several processes that start at once, all come back with the same key. Blocks.
     *
     * @throws KeyFileException if the file cannot be read or written, holds no key, or is open to group or others
     */
    public static SecretKey loadOrCreate(Path file) throws KeyFileException {
        try {
            return load(file);
        } catch (NoSuchFileException e) {
            return create(file);
        } catch (IOException e) {
            throw new KeyFileException(file, "cannot be read: " + why(e), e);
        }
    }

    private static SecretKey load(Path file) throws KeyFileException, IOException {
        requireOwnerOnly(file);
        byte[] bytes = new byte[MAX_BYTES + 1];
        int length = read(file, bytes);
        CharBuffer text = StandardCharsets.ISO_8859_1.decode(ByteBuffer.wrap(bytes, 0, length));
        try {
            if (length > MAX_BYTES) {
                throw new KeyFileException(file, "is longer than a key");
            }
            return SecretKey.parse(stripped(text));
        } catch (ProtocolException e) {
            throw new KeyFileException(file, "holds neither 64 hex digits nor an nsec1 key: " + e.getMessage());
        } finally {
            Arrays.fill(bytes, (byte) 0);
            Arrays.fill(text.array(), '\0');
        }
    }

    /** Into this array and nowhere else, so that no copy is left to be wiped. */
    private static int read(Path file, byte[] bytes) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(bytes, 0, bytes.length);
        }
    }

    private static CharSequence stripped(CharBuffer text) {
        int from = 0;
        int to = text.length();
        while (from < to && Character.isWhitespace(text.charAt(from))) {
            from++;
        }
        while (from < to && Character.isWhitespace(text.charAt(to - 1))) {
            to--;
        }
        return text.subSequence(from, to);
    }

    private static void requireOwnerOnly(Path file) throws KeyFileException, IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        Set<PosixFilePermission> allowed = Files.getPosixFilePermissions(file);
        if (allowed.stream().anyMatch(OTHERS::contains)) {
            throw new KeyFileException(
                    file,
                    "is open to others than its owner (" + PosixFilePermissions.toString(allowed)
                            + "): run chmod 600 on it");
        }
    }

    private static SecretKey create(Path file) throws KeyFileException {
        SecretKey key = SecretKey.random();
        try {
            Path directory = file.toAbsolutePath().getParent();
            Files.createDirectories(directory);
            Path draft = Files.createTempFile(directory, ".key", ".tmp");
            try {
                write(draft, key);
                place(draft, file);
            } finally {
                Files.deleteIfExists(draft);
            }
            return key;
        } catch (FileAlreadyExistsException e) {
            return loadTheirs(file);
        } catch (IOException e) {
            throw new KeyFileException(file, "cannot be made: " + why(e), e);
        }
    }

    /** A temporary file is its owner's alone from the start (mode 0600). */
    private static void write(Path draft, SecretKey key) throws IOException {
        byte[] nsec = key.nsecAscii();
        ByteBuffer[] line = {ByteBuffer.wrap(nsec), ByteBuffer.wrap(new byte[] {'\n'})};
        try (FileChannel out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            while (line[1].hasRemaining()) {
                out.write(line);
            }
            out.force(true);
        } finally {
            Arrays.fill(nsec, (byte) 0);
        }
    }

    /** By a hard link, which never takes the place of a key that another process made meanwhile; a move would. */
    private static void place(Path draft, Path file) throws IOException {
        try {
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (FileSystemException | UnsupportedOperationException e) {
            Files.move(draft, file);
        }
    }

    private static SecretKey loadTheirs(Path file) throws KeyFileException {
        try {
            return load(file);
        } catch (IOException e) {
            throw new KeyFileException(file, "cannot be read: " + why(e), e);
        }
    }

    private static String why(IOException e) {
        String reason = e instanceof FileSystemException fault ? fault.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }
}
