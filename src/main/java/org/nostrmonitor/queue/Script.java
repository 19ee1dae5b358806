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
    PLAN("enqueue"),
    SEAL,
    PROGRESS,
    DROP("rates"),
    CLAIM("rates"),
    RENEW,
    ACK,
    RETRY,
    DEFER,
    AWAIT_TURN,
    CONFIRM,
    BURY("entomb"),
    REAP("entomb"),
    COUNTS,
    STATUS,
    LETTERS,
    LETTER_IDS,
    REDRIVE("enqueue"),
    DISCARD,
    TURN("rates"),
    AUDIT;

    private final String text;
    private final String sha;

    /** @param parts what stands between the prelude and the script itself */
    Script(String... parts) {
        StringBuilder all = new StringBuilder(resource("prelude"));
        for (String part : parts) {
            all.append(resource(part));
        }
        this.text = all.append(resource(name().toLowerCase(Locale.ROOT))).toString();
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
