package org.nostrmonitor.queue;

import java.time.Instant;
import java.util.List;

/**
 * The names of a region's keys in Redis. They share one hash tag, so that a script finds all of them in one slot of a
 * cluster. What each holds stands in {@code prelude.lua}.
 */
record Keys(String region) {
    private String named(String name) {
        return "monitor:queue:{" + region + "}:" + name;
    }

    String ready() {
        return named("ready");
    }

    String asked() {
        return named("asked");
    }

    String delayed() {
        return named("delayed");
    }

    String retrying() {
        return named("retrying");
    }

    String leased() {
        return named("leased");
    }

    String notes() {
        return named("notes");
    }

    String fence() {
        return named("fence");
    }

    String rates() {
        return named("rates");
    }

    String terms(Instant cycle) {
        return ofCycle(cycle, "terms");
    }

    String jobs(Instant cycle) {
        return ofCycle(cycle, "jobs");
    }

    private String ofCycle(Instant cycle, String name) {
        return named("cycle:") + Names.of(cycle) + ":" + name;
    }

    /** In the order that {@code prelude.lua} takes them. */
    List<String> all() {
        return List.of(
                ready(),
                asked(),
                delayed(),
                retrying(),
                leased(),
                notes(),
                named("dead"),
                named("letters"),
                fence(),
                named("cycles"),
                named("recent"),
                rates(),
                named("cycle:"));
    }
}
