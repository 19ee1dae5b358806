package org.nostrmonitor.queue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** The scripts in {@code resources/queue}, one transition or one look each. The first use of this class reads files. */
enum Script {
    PLAN,
    SEAL,
    PROGRESS,
    DROP,
    CLAIM,
    RENEW,
    ACK,
    RETRY,
    DEFER,
    BURY,
    REAP,
    COUNTS,
    STATUS,
    LETTERS,
    AUDIT;

    private final String text;
    private final String sha;

    Script() {
        this.text = resource("prelude") + resource(name().toLowerCase(Locale.ROOT));
        this.sha = sha1(text);
    }

    String text() {
        return text;
    }

    /** What Redis knows it by once it has been run: the SHA-1 of the text, in hex. */
    String sha() {
        return sha;
    }

    private static String resource(String name) {
        try (InputStream in = Script.class.getResourceAsStream("/queue/" + name + ".lua")) {
            if (in == null) {
                throw new IllegalStateException("the script " + name + ".lua is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha1(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
