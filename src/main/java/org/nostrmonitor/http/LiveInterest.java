package org.nostrmonitor.http;

import io.vertx.core.MultiMap;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
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
        String relay = parameters.get("relay");
        return new LiveInterest(types, relay == null ? null : plain(relay));
    }

    /** The contract's validator decodes once too often, and takes no quotation marks: so it may be encoded once more. */
    private static String plain(String relay) {
        try {
            return relay.contains("://") ? relay : URLDecoder.decode(relay.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new BadParameter("relay", "is not the URL of a relay");
        }
    }

    boolean covers(Event event) {
        boolean wanted = types.isEmpty() || types.contains(event.type());
        boolean about = relay == null
                || !event.type().equals("checks")
                || event.relays().contains(relay);
        return wanted && about;
    }
}
