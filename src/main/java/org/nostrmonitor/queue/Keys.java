package org.nostrmonitor.queue;

import java.time.Instant;
import java.util.List;

/**
 * The names of a region's keys in Redis. They share one hash tag, so that a script finds all of them in one slot of a
 * cluster. What each holds stands in {@code prelude.lua}.
 */
record Keys(String region) {
    private String named(String name) {
        return "monitor:{" + region + "}:" + name;
    }

    String ready() {
        return named("ready");
    }

    String delayed() {
        return named("delayed");
    }

    String leased() {
        return named("leased");
    }

    String notes() {
        return named("notes");
    }

    String jobs(Instant cycle) {
        return named("cycle:") + cycle.getEpochSecond() + ":jobs";
    }

    /** In the order that {@code prelude.lua} takes them. */
    List<String> all() {
        return List.of(
                ready(),
                delayed(),
                leased(),
                notes(),
                named("dead"),
                named("letters"),
                named("fence"),
                named("cycles"),
                named("cycle:"));
    }
}
