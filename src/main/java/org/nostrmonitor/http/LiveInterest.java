package org.nostrmonitor.http;

import io.vertx.core.MultiMap;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.http.LiveEvents.Event;
import org.nostrmonitor.http.view.BadParameter;

/**
 * What a reader of the live stream wants to hear. A page that shows figures needs no word of each of a hundred checks a second.
 *
 * @param types of events; empty for all
 * @param relay the URL without which a {@code checks} event is of no interest, or null
 */
record LiveInterest(Set<String> types, @Nullable String relay) {
    private static final Set<String> TYPES = Set.of("checks", "progress", "cycle");

    LiveInterest {
        types = Set.copyOf(types);
    }

    /** @throws BadParameter if there is no such type */
    static LiveInterest of(MultiMap parameters) {
        String only = parameters.get("only");
        Set<String> types = only == null
                ? Set.of()
                : Arrays.stream(only.split(",", -1)).limit(TYPES.size() + 1).collect(Collectors.toSet());
        if (!TYPES.containsAll(types)) {
            throw new BadParameter("only", "is not made of checks, progress and cycle, with commas between");
        }
        return new LiveInterest(types, parameters.get("relay"));
    }

    boolean covers(Event event) {
        boolean wanted = types.isEmpty() || types.contains(event.type());
        boolean about = relay == null
                || !event.type().equals("checks")
                || event.relays().contains(relay);
        return wanted && about;
    }
}
