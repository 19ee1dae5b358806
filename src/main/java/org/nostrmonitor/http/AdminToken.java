package org.nostrmonitor.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.config.StartFailure;

/** The secret that admin actions ask for. Only its SHA-256 is kept. */
final class AdminToken {
    /** The configuration key that names its file. */
    static final String KEY = "http.adminTokenFile";

    private static final int SHORTEST = 16;
    private static final int LONGEST = 1024;
    private static final byte DELETE = 0x7f;

    private final byte[] digest;

    private AdminToken(byte[] digest) {
        this.digest = digest;
    }

    /**
     * Reads the token from its file, without the blanks around it. Completes with nothing if no file is named; fails with
     * a {@link StartFailure} that names the key and the file if the file cannot be read or holds no good token.
     */
    static Future<Optional<AdminToken>> read(Vertx vertx, @Nullable Path file) {
        return file == null
                ? Future.succeededFuture(Optional.empty())
                : vertx.executeBlocking(() -> Optional.of(read(file)));
    }

    /** Never a string, which could not be wiped. */
    private static AdminToken read(Path file) {
        byte[] bytes = new byte[LONGEST + 2];
        try (InputStream in = Files.newInputStream(file)) {
            ByteBuffer token = stripped(bytes, in.readNBytes(bytes, 0, bytes.length));
            check(token, file);
            return new AdminToken(sha256(token));
        } catch (IOException e) {
            throw new StartFailure(KEY + ": " + file + " cannot be read: " + why(e), e);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static ByteBuffer stripped(byte[] bytes, int length) {
        int from = 0;
        int to = length;
        while (from < to && Character.isWhitespace(bytes[from])) {
            from++;
        }
        while (from < to && Character.isWhitespace(bytes[to - 1])) {
            to--;
        }
        return ByteBuffer.wrap(bytes, from, to - from);
    }

    private static void check(ByteBuffer token, Path file) {
        if (token.remaining() < SHORTEST) {
            throw new StartFailure(KEY + ": the token in " + file + " is shorter than " + SHORTEST + " characters");
        }
        if (token.remaining() > LONGEST) {
            throw new StartFailure(KEY + ": the token in " + file + " is longer than " + LONGEST + " characters");
        }
        for (int i = token.position(); i < token.limit(); i++) {
            if (token.get(i) <= ' ' || token.get(i) == DELETE) {
                throw new StartFailure(KEY + ": the token in " + file
                        + " is not one line of ASCII without blanks, so no header can carry it");
            }
        }
    }

    /** Takes as long for a token that is nearly right as for any other. */
    boolean matches(String given) {
        return MessageDigest.isEqual(digest, sha256(StandardCharsets.UTF_8.encode(given)));
    }

    private static byte[] sha256(ByteBuffer text) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(text.duplicate());
            return sha256.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String why(IOException e) {
        String reason = e instanceof FileSystemException fault ? fault.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }
}
