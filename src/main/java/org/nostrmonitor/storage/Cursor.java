package org.nostrmonitor.storage;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.RelayViews.InvalidCursor;
import org.nostrmonitor.storage.RelayViews.Query;

/**
 * The place after which the next page begins: the sort key and id of the last relay shown. Strangers send them back, so
 * what does not fit is {@link InvalidCursor}, never an error of the database.
 *
 * @param place null among the relays that have no such key
 */
record Cursor(@Nullable String place, int relayId) {
    private static final String PARTS = "\n";
    private static final int MAX_LENGTH = 2048;
    private static final int MAX_PLACE = 1100;

    /** The end of the year 9999 in microseconds. Times end there, and no number of ours is larger. */
    private static final long MAX_NUMBER = 253_402_300_799_000_000L;

    String write(Query query) {
        String text = sort(query) + PARTS + relayId + (place == null ? "" : PARTS + place);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws InvalidCursor if it is not one of ours, or of another sort or direction */
    static Cursor read(String text, Query query) {
        if (text.length() > MAX_LENGTH) {
            throw new InvalidCursor();
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(PARTS, 3);
            if (parts.length < 2 || !parts[0].equals(sort(query))) {
                throw new InvalidCursor();
            }
            Cursor cursor = new Cursor(parts.length == 2 ? null : parts[2], Integer.parseInt(parts[1]));
            cursor.check(SortKey.of(query.sort()));
            return cursor;
        } catch (IllegalArgumentException e) {
            throw new InvalidCursor();
        }
    }

    private void check(SortKey key) {
        if (place == null) {
            if (key.known() == null) {
                throw new InvalidCursor();
            }
            return;
        }
        if (key.kind() == SortKey.Kind.TEXT ? isNoText(place) : isNoNumber(Long.parseLong(place))) {
            throw new InvalidCursor();
        }
    }

    private static boolean isNoText(String place) {
        return place.length() > MAX_PLACE || place.indexOf('\0') >= 0;
    }

    private static boolean isNoNumber(long place) {
        return place < 0 || place > MAX_NUMBER;
    }

    private static String sort(Query query) {
        return query.sort().name() + (query.descending() ? "-" : "+");
    }
}
