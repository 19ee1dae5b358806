package org.nostrmonitor.nip66;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The {@code g} tags (NIP-52), with all prefixes, so that a filter for a larger area finds it: relays compare whole values. */
final class GeohashTags {
    private static final Pattern GEOHASH = Pattern.compile("[0-9b-hjkmnp-z]{1,9}");

    private GeohashTags() {}

    /** Whether it is one of 1 to 9 characters. */
    static boolean isOne(String text) {
        return GEOHASH.matcher(text).matches();
    }

    /** The longest first; nothing of what is no geohash. */
    static void add(List<List<String>> tags, @Nullable String geohash) {
        if (geohash == null || !isOne(geohash)) {
            return;
        }
        for (int length = geohash.length(); length > 0; length--) {
            tags.add(List.of("g", geohash.substring(0, length)));
        }
    }
}
