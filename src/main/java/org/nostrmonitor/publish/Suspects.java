package org.nostrmonitor.publish;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Events that were alone on the way when their target went silent or away. One may be more than the target bears, a
 * document larger than its limit for one: they are tried last, and given up when it happened again and again while the
 * target answered others in between. A target that answers nobody convicts none.
 */
final class Suspects {
    private static final int MOST = 50;
    private static final int STRIKES = 3;

    private final Map<String, Suspicion> byId = new LinkedHashMap<>();

    private record Suspicion(int strikes, boolean othersAnsweredSince) {}

    /** It happened to this event. True if it is to be given up. */
    boolean strike(String eventId) {
        Suspicion before = byId.getOrDefault(eventId, new Suspicion(0, true));
        int strikes = before.strikes() + (before.othersAnsweredSince() ? 1 : 0);
        if (strikes >= STRIKES) {
            byId.remove(eventId);
            return true;
        }
        byId.put(eventId, new Suspicion(strikes, false));
        if (byId.size() > MOST) {
            byId.remove(byId.keySet().iterator().next());
        }
        return false;
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
