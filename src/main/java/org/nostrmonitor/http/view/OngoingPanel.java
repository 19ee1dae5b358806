package org.nostrmonitor.http.view;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.storage.Ongoing;
import org.nostrmonitor.storage.RelayViews.Item;

/**
 * Which relays that were up are down or degraded, since when and why, and which came back.
 *
 * @param head how many there are, or that there is none; {@code text} what is to be said besides, or empty
 * @param back empty also where it is not known how they are now
 * @param never how many were never up, or empty
 */
public record OngoingPanel(String title, String head, String text, List<Row> rows, List<Row> back, String never) {
    /** So many that the panel is about as high as its neighbours. */
    private static final int MOST = 8;

    private static final int MOST_BACK = 4;

    public OngoingPanel {
        rows = List.copyOf(rows);
        back = List.copyOf(back);
    }

    /** @param lasted for how long it is so; null where that is not known to be so still */
    public record Row(
            StateMark state,
            Address address,
            When since,
            @Nullable String lasted,
            String what) {
        private static Row of(Item item, boolean current, Instant now, String what) {
            return new Row(
                    StateMark.of(item, now),
                    Address.of(item.url()),
                    When.of(item.since(), now),
                    current && item.isCurrent(now) ? Numbers.span(Duration.between(item.since(), now)) : null,
                    what);
        }
    }

    static OngoingPanel of(NetworkStory story) {
        Ongoing incidents = story.overview().incidents();
        boolean current = story.isCurrent();
        String title = current ? "Incidents now" : "Incidents as last known";
        if (incidents == null) {
            return empty(title, "Not counted yet.", "The coordinator counts within a minute of its start.");
        }
        if (!story.isMeasured()) {
            return empty(title, "None yet.", "An incident is a relay that was up, and is found down or degraded.");
        }
        Instant now = story.now();
        return new OngoingPanel(
                title,
                story.down(incidents),
                story.besides(incidents),
                incidents.newest().stream()
                        .limit(MOST)
                        .map(item -> Row.of(item, current, now, why(item)))
                        .toList(),
                current
                        ? incidents.returned().stream()
                                .limit(MOST_BACK)
                                .map(item -> Row.of(item, true, now, again(item)))
                                .toList()
                        : List.of(),
                NetworkStory.never(incidents));
    }

    private static OngoingPanel empty(String title, String head, String text) {
        return new OngoingPanel(title, head, text, List.of(), List.of(), "");
    }

    private static String why(Item item) {
        String clause = Clause.of(item.stage(), item.reason());
        if (clause != null) {
            return clause;
        }
        return item.state() == RelayState.OFFLINE ? "offline" : "degraded";
    }

    private static String again(Item item) {
        return item.state() == RelayState.ONLINE ? "online again" : "degraded: " + why(item);
    }
}
