package org.nostrmonitor.http.view;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.Stage;
import org.nostrmonitor.storage.History.Incident;
import org.nostrmonitor.storage.History.Incidents;

/**
 * The times that a relay was not well, newest first.
 *
 * @param newest back to them, or null if these are; {@code older} null at the end
 */
public record IncidentPanel(
        List<Row> rows, @Nullable String newest, @Nullable String older) {
    /** How many stand on a page. */
    public static final int MOST = 20;

    public IncidentPanel {
        rows = List.copyOf(rows);
    }

    /**
     * @param to null while it goes on
     * @param first why, when it began; {@code last} in the end, null if that is the same. Both null if it is not known
     */
    public record Row(
            StateMark state,
            When from,
            @Nullable When to,
            String lasted,
            @Nullable String first,
            @Nullable String last) {
        static Row of(Incident incident, Instant now) {
            String first = why(incident.firstStage(), incident.firstReason());
            String last = why(incident.stage(), incident.reason());
            Instant to = incident.to();
            return new Row(
                    StateMark.of(incident.state()),
                    When.of(incident.from(), now),
                    When.orNull(to, now),
                    Numbers.span(Duration.between(incident.from(), to == null ? now : to)),
                    first == null ? last : first,
                    first == null || first.equals(last) ? null : last);
        }
    }

    /** @param cursor where the page begins, or null for the newest */
    static IncidentPanel of(Incidents incidents, @Nullable String cursor, RelayLinks links, Instant now) {
        String next = incidents.next();
        return new IncidentPanel(
                incidents.incidents().stream()
                        .map(incident -> Row.of(incident, now))
                        .toList(),
                cursor == null ? null : links.href("", "incidents"),
                next == null ? null : links.href("incidents=" + Address.encoded(next), "incidents"));
    }

    private static @Nullable String why(@Nullable Stage stage, @Nullable Reason reason) {
        return Clause.of(stage, reason);
    }
}
