package org.nostrmonitor.storage;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.nostrmonitor.storage.RelayViews.InvalidCursor;
import org.nostrmonitor.storage.RelayViews.Query;
import org.nostrmonitor.storage.RelayViews.Sort;

/**
 * The place after which the next page begins: the sort key and id of the last relay shown. Strangers send them back, so
 * what does not fit is {@link InvalidCursor}, never an error of the database.
 */
record Cursor(String place, int relayId) {
    private static final String PARTS = "\n";
    private static final int MAX_LENGTH = 2048;

    String write(Query query) {
        String text = sort(query) + PARTS + relayId + PARTS + place;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws InvalidCursor if it is not one of ours, or of another sort or direction */
    static Cursor read(String text, Query query) {
        if (text.length() > MAX_LENGTH) {
            throw new InvalidCursor();
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(PARTS, 3);
            if (parts.length != 3 || !parts[0].equals(sort(query)) || parts[2].indexOf('\0') >= 0) {
                throw new InvalidCursor();
            }
            if (query.sort() != Sort.URL) {
                Long.parseLong(parts[2]);
            }
            return new Cursor(parts[2], Integer.parseInt(parts[1]));
        } catch (IllegalArgumentException e) {
            throw new InvalidCursor();
        }
    }

    private static String sort(Query query) {
        return query.sort().name() + (query.descending() ? "-" : "+");
    }
}
