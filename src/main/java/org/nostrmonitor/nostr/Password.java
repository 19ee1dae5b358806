package org.nostrmonitor.nostr;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Arrays;

/** The password of an {@code ncryptsec} as NIP-49 takes it: normalised by NFKC, in bytes of UTF-8. Never printed. */
public final class Password implements AutoCloseable {
    private static final String WHAT = "password file";
    private static final int MAX_BYTES = 1_024;
    private static final int MOST_BYTES_PER_CHAR = 3;

    private final byte[] bytes;

    private Password(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A copy: the text is the caller's to wipe. */
    public static Password of(CharSequence text) {
        boolean ascii = text.chars().allMatch(c -> c < 128);
        // Text of ASCII alone is normal already; the string that the normaliser makes of any other cannot be wiped.
        CharSequence normal = ascii ? text : Normalizer.normalize(text, Normalizer.Form.NFKC);
        byte[] room = new byte[normal.length() * MOST_BYTES_PER_CHAR];
        ByteBuffer encoded = ByteBuffer.wrap(room);
        StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .encode(CharBuffer.wrap(normal), encoded, true);
        byte[] bytes = Arrays.copyOf(room, encoded.position());
        Arrays.fill(room, (byte) 0);
        return new Password(bytes);
    }

    /**
     * Reads the file, of which the end of its last line is no part. Blocks.
     *
     * @throws KeyFileException if it cannot be read, is open to group or others, is empty, longer than 1,024 bytes or no UTF-8
     */
    public static Password load(Path file) throws KeyFileException {
        try {
            return OwnerFile.read(WHAT, file, MAX_BYTES, (bytes, length) -> read(file, bytes, length));
        } catch (NoSuchFileException e) {
            throw new KeyFileException(WHAT, file, "there is no such file", e);
        } catch (IOException e) {
            throw new KeyFileException(WHAT, file, "cannot be read: " + OwnerFile.why(e), e);
        }
    }

    private static Password read(Path file, byte[] bytes, int length) throws KeyFileException {
        int end = length;
        while (end > 0 && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
            end--;
        }
        if (end == 0 || length > MAX_BYTES) {
            throw new KeyFileException(WHAT, file, "is empty or longer than " + MAX_BYTES + " bytes");
        }
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, end));
            try {
                return of(text);
            } finally {
                Arrays.fill(text.array(), '\0');
            }
        } catch (CharacterCodingException e) {
            throw new KeyFileException(WHAT, file, "is not UTF-8", e);
        }
    }

    /** Not copied, and zeros once it is closed. */
    byte[] bytes() {
        return bytes;
    }

    /** Wipes it. */
    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "Password[secret]";
    }
}
