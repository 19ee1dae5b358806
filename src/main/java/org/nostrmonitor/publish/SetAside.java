package org.nostrmonitor.publish;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Events that are tried last, so that none of them stands in the way of the others: those that a target wants later, and those
 * that were alone on the way when it went silent or away. One of these may be more than the target bears, a document larger
 * than its limit for one: it is given up when that happened again and again while the target answered others in between. A
 * target that answers nobody convicts none.
 */
final class SetAside {
    private static final int MOST = 50;
    private static final int STRIKES = 3;

    private final Map<String, Suspicion> byId = new LinkedHashMap<>();

    private record Suspicion(int strikes, boolean othersAnsweredSince) {
        static final Suspicion NONE = new Suspicion(0, true);
    }

    /** The target takes it later, or so it says. */
    void later(String eventId) {
        put(eventId, byId.getOrDefault(eventId, Suspicion.NONE));
    }

    /** The target went silent or away over this event. True if it is to be given up. */
    boolean strike(String eventId) {
        Suspicion before = byId.getOrDefault(eventId, Suspicion.NONE);
        int strikes = before.strikes() + (before.othersAnsweredSince() ? 1 : 0);
        if (strikes >= STRIKES) {
            byId.remove(eventId);
            return true;
        }
        put(eventId, new Suspicion(strikes, false));
        return false;
    }

    private void put(String eventId, Suspicion suspicion) {
        byId.put(eventId, suspicion);
        if (byId.size() > MOST) {
            byId.remove(byId.keySet().iterator().next());
        }
    }

    /** The target answered this event: it is innocent, and the target's silence to the others was not to all. */
    void answered(String eventId) {
        byId.remove(eventId);
        byId.replaceAll((id, suspicion) -> new Suspicion(suspicion.strikes(), true));
    }

    /** None of them is pending any more. */
    void clear() {
        byId.clear();
    }

    List<String> ids() {
        return List.copyOf(byId.keySet());
    }
}
