package org.nostrmonitor.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
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

    private final byte[] digest;

    private AdminToken(String token) {
        digest = sha256(token);
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

    private static AdminToken read(Path file) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LONGEST + 2);
        } catch (IOException e) {
            throw new StartFailure(KEY + ": " + file + " cannot be read: " + why(e), e);
        }
        String token = new String(bytes, StandardCharsets.UTF_8).strip();
        Arrays.fill(bytes, (byte) 0);
        return new AdminToken(checked(token, file));
    }

    private static String checked(String token, Path file) {
        if (token.length() < SHORTEST) {
            throw new StartFailure(KEY + ": the token in " + file + " is shorter than " + SHORTEST + " characters");
        }
        if (token.length() > LONGEST) {
            throw new StartFailure(KEY + ": the token in " + file + " is longer than " + LONGEST + " characters");
        }
        if (!token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new StartFailure(KEY + ": the token in " + file
                    + " is not one line of ASCII without blanks, so no header can carry it");
        }
        return token;
    }

    /** Takes as long for a token that is nearly right as for any other. */
    boolean matches(String given) {
        return MessageDigest.isEqual(digest, sha256(given));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String why(IOException e) {
        String reason = e instanceof FileSystemException fault ? fault.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }
}
