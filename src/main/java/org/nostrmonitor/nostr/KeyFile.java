package org.nostrmonitor.nostr;

import java.io.IOException;
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
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The file of a secret key: 64 hex digits, {@code nsec1…}, or {@code ncryptsec1…} with its password elsewhere (NIP-49). For its
 * owner's eyes only. All of it blocks, and an ncryptsec for as long as scrypt takes.
 */
public final class KeyFile {
    private static final String WHAT = "key file";
    private static final int MAX_BYTES = 256;

    private KeyFile() {}

    /**
     * Reads the key, or makes a new one and keeps it in the file with mode 0600; directories above it are made.
     * Of several processes that start at once, all come back with the same key. Blocks.
     *
     * @param password of an ncryptsec; null if there is none
     * @throws KeyFileException if the file cannot be read or written, holds no key, or is open to group or others, or if the
     *     password is missing or another one
     */
    public static SecretKey loadOrCreate(Path file, @Nullable Password password) throws KeyFileException {
        try {
            return read(file, password);
        } catch (NoSuchFileException e) {
            return create(file, password);
        } catch (IOException e) {
            throw new KeyFileException(WHAT, file, "cannot be read: " + OwnerFile.why(e), e);
        }
    }

    /**
     * Reads the key. Blocks.
     *
     * @throws KeyFileException as {@link #loadOrCreate}, and if there is no such file
     */
    public static SecretKey load(Path file, @Nullable Password password) throws KeyFileException {
        try {
            return read(file, password);
        } catch (NoSuchFileException e) {
            throw new KeyFileException(WHAT, file, "there is no such file", e);
        } catch (IOException e) {
            throw new KeyFileException(WHAT, file, "cannot be read: " + OwnerFile.why(e), e);
        }
    }

    private static SecretKey read(Path file, @Nullable Password password) throws KeyFileException, IOException {
        return OwnerFile.read(WHAT, file, MAX_BYTES, (bytes, length) -> {
            CharBuffer text = StandardCharsets.ISO_8859_1.decode(ByteBuffer.wrap(bytes, 0, length));
            try {
                if (length > MAX_BYTES) {
                    throw new KeyFileException(WHAT, file, "is longer than a key");
                }
                return SecretKey.parse(stripped(text), password);
            } catch (ProtocolException e) {
                throw new KeyFileException(
                        WHAT,
                        file,
                        "holds neither 64 hex digits, nor an nsec1 or ncryptsec1 key that can be used: "
                                + e.getMessage());
            } finally {
                Arrays.fill(text.array(), '\0');
            }
        });
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

    private static SecretKey create(Path file, @Nullable Password password) throws KeyFileException {
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
            return load(file, password);
        } catch (IOException e) {
            throw new KeyFileException(WHAT, file, "cannot be made: " + OwnerFile.why(e), e);
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
}
