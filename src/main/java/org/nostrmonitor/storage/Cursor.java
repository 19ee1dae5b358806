package org.nostrmonitor.storage;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.RelayViews.InvalidCursor;
import org.nostrmonitor.storage.RelayViews.Query;
import org.nostrmonitor.storage.SortKey.Place;

/**
 * The place after which the next page begins, as text: that of the last relay shown. Strangers send them back, so what does not
 * fit is {@link InvalidCursor}, never an error of ours.
 */
final class Cursor {
    private static final String PARTS = "\n";
    private static final int MAX_LENGTH = 2048;

    private Cursor() {}

    /** @param value null if the relay has none */
    static String write(Query query, @Nullable String value, int relayId) {
        String text = sort(query) + PARTS + relayId + (value == null ? "" : PARTS + value);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws InvalidCursor if it is not one of ours, or of another sort or direction */
    static Place read(String text, Query query, SortKey key) {
        if (text.length() > MAX_LENGTH) {
            throw new InvalidCursor();
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(PARTS, 3);
            if (parts.length < 2 || !parts[0].equals(sort(query))) {
                throw new InvalidCursor();
            }
            int relayId = Integer.parseInt(parts[1]);
            return parts.length == 2 ? key.readNone(relayId) : key.read(parts[2], relayId);
        } catch (IllegalArgumentException e) {
            throw new InvalidCursor();
        }
    }

    private static String sort(Query query) {
        return query.sort().name() + (query.descending() ? "-" : "+");
    }
}
