package org.nostrmonitor.storage;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import org.nostrmonitor.storage.RelayViews.InvalidCursor;

/** The last incident of a page. Strangers send it back, as {@link Cursor}. */
record IncidentCursor(Instant beganAt, long id) {
    private static final int MAX_LENGTH = 100;
    /** What PostgreSQL can hold, and nothing near its ends. */
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    String write() {
        String text = id + " " + beganAt;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws InvalidCursor if it is not one of ours */
    static IncidentCursor read(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new InvalidCursor();
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", 2);
            Instant beganAt = Instant.parse(parts[parts.length - 1]);
            if (parts.length != 2 || beganAt.isBefore(EARLIEST) || beganAt.isAfter(LATEST)) {
                throw new InvalidCursor();
            }
            return new IncidentCursor(beganAt, Long.parseLong(parts[0]));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new InvalidCursor();
        }
    }
}
