package org.nostrmonitor.simulator;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The sites of a network by host name. A relay becomes a site when somebody first comes: most of 100,000 are never asked at once. */
final class Sites {
    private final InventedEvents events;
    private final EventCheck eventCheck;
    private final double latencyScale;
    private final Map<String, SimulatedRelay> relays = new ConcurrentHashMap<>();
    private final Map<String, ScriptedSite> met = new ConcurrentHashMap<>();

    Sites(InventedEvents events, EventCheck eventCheck, double latencyScale) {
        this.events = events;
        this.eventCheck = eventCheck;
        this.latencyScale = latencyScale;
    }

    void add(SimulatedRelay relay) {
        relays.put(relay.url().host(), relay);
    }

    /** Null if no relay has this host name. */
    @Nullable
    Site of(String host) {
        SimulatedRelay relay = relays.get(host);
        return relay == null ? null : met.computeIfAbsent(host, first -> siteOf(relay));
    }

    private ScriptedSite siteOf(SimulatedRelay relay) {
        Latency latency = new Latency(relay.seed(), latencyScale);
        return new ScriptedSite(relay, new ScriptedRules(relay, events.of(relay), latency), eventCheck);
    }

    /** What the relay of this name does; an unknown one is as good as healthy. */
    Behaviour behaviourOf(String host) {
        SimulatedRelay relay = relays.get(host);
        return relay == null ? Behaviour.HEALTHY : relay.behaviour();
    }
}
