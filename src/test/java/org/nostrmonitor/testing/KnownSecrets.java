package org.nostrmonitor.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.nostrmonitor.nostr.ProtocolException;
import org.nostrmonitor.nostr.RawKey;

/** Secrets by name, in every form that they may be written in, and what looks for them. */
public final class KnownSecrets {
    /** The 32 bytes themselves: whoever signs has them. */
    public static final String KEY_ITSELF = "the key itself";

    public static final String KEY_IN_HEX = "the key in hex";
    public static final String KEY_AS_NSEC = "the key as nsec";
    public static final String KEY_IN_BASE64 = "the key in base64";

    private final byte[] key;
    private final Map<String, String> texts = new LinkedHashMap<>();

    /** @param nsec a secret key */
    public KnownSecrets(String nsec) throws ProtocolException {
        key = RawKey.of(nsec);
        texts.put(KEY_IN_HEX, HexFormat.of().formatHex(key));
        texts.put(KEY_AS_NSEC, nsec);
        texts.put(KEY_IN_BASE64, Base64.getEncoder().withoutPadding().encodeToString(key));
    }

    /** A further one. */
    public KnownSecrets and(String name, String text) {
        texts.put(name, text);
        return this;
    }

    public String of(String name) {
        return String.valueOf(texts.get(name));
    }

    /** Whatever the case: it is a secret all the same. */
    public void assertNotIn(String where, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        texts.forEach((name, secret) -> assertThat(lower.contains(secret.toLowerCase(Locale.ROOT)))
                .as(where + " has " + name)
                .isFalse());
    }

    public ByteSearch search() {
        ByteSearch search = new ByteSearch().wanting(KEY_ITSELF, key);
        texts.forEach(search::wanting);
        return search;
    }
}
