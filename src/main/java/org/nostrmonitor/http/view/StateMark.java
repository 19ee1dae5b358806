package org.nostrmonitor.http.view;

import java.time.Instant;
import java.util.Locale;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.storage.RelayViews.Item;

/** A state as colour, shape and word. */
public record StateMark(String symbol, String css, String word) {
    /** The state of a relay; of the past, and without its colour, if it was checked too long ago. */
    static StateMark of(Item item, Instant now) {
        StateMark mark = of(item.state());
        return item.isCurrent(now)
                ? mark
                : new StateMark(mark.symbol, "is-unk", "Was " + mark.word.toLowerCase(Locale.ROOT));
    }

    public static StateMark of(RelayState state) {
        return switch (state) {
            case ONLINE -> new StateMark("on", "is-on", "Online");
            case DEGRADED -> new StateMark("deg", "is-deg", "Degraded");
            case OFFLINE -> new StateMark("off", "is-off", "Offline");
            case UNKNOWN -> new StateMark("unk", "is-unk", "Not checked");
        };
    }
}
