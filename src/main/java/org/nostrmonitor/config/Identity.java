package org.nostrmonitor.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who this monitor says it is, and the keys that it says it with.
 *
 * @param keyFile the file of the secret key (hex, nsec or ncryptsec); null for {@code <dataDirectory>/monitor.key}, made on
 *     first run
 * @param secretKey the secret key itself, from the environment only; null to use the file
 * @param keyPasswordFile the file with the password of every ncryptsec; null if there is none
 * @param retiredKeyFiles the secret keys that it had before: it says in their name that it has moved
 * @param name the name in kind 0 and NIP-11
 * @param about the text in kind 0 and NIP-11
 * @param picture the URL of a picture in kind 0 and NIP-11, or null
 * @param contact how people reach the operator, as in NIP-11: {@code mailto:…}, {@code https://…} or an npub; or null
 * @param geohash where it measures from, 1 to 9 characters, or null to say nothing
 * @param regions the regions that are another monitor to the outside, by name: with a key of their own
 */
public record Identity(
        @Nullable Path keyFile,
        @Nullable Secret secretKey,
        @Nullable Path keyPasswordFile,
        List<Path> retiredKeyFiles,
        String name,
        String about,
        @Nullable String picture,
        @Nullable String contact,
        @Nullable String geohash,
        Map<String, Region> regions) {
    static final Identity DEFAULT = new Identity(null, null, "Nostr Monitor", "", null);

    public Identity {
        retiredKeyFiles = List.copyOf(retiredKeyFiles);
        regions = Map.copyOf(regions);
    }

    /** With one key and nothing else to say. */
    public Identity(
            @Nullable Path keyFile, @Nullable Secret secretKey, String name, String about, @Nullable String geohash) {
        this(keyFile, secretKey, null, List.of(), name, about, null, null, geohash, Map.of());
    }

    /**
     * What signs for one region. At least one of key and file is given; both say the same key, which is seen at the start.
     *
     * @param publicKey 64 hex digits: enough for a scheduler; null to take that of the file
     * @param keyFile the secret key, for the nodes that sign or announce with it; null on the others
     * @param geohash where the region measures from, 1 to 9 characters, or null to say nothing
     */
    public record Region(
            @Nullable String publicKey,
            @Nullable Path keyFile,
            @Nullable String geohash) {}

    @Override
    public String toString() {
        return "Identity[name=" + name + "]";
    }
}
