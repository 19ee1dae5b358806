package org.nostrmonitor.fuzz;

import java.util.List;
import java.util.stream.Stream;
import org.nostrmonitor.bus.BusTargets;
import org.nostrmonitor.probe.ProbeTargets;
import org.nostrmonitor.queue.QueueTargets;

/** All that is fuzzed. */
final class Targets {
    private Targets() {}

    /** Those whose name holds what {@code -Dfuzz.reader} says; all if it says nothing. */
    static List<Target> chosen() {
        String name = System.getProperty("fuzz.reader", "");
        return all().stream().filter(target -> target.name().contains(name)).toList();
    }

    static List<Target> all() {
        return Stream.of(
                        NostrTargets.all(),
                        WireTargets.all(),
                        SettingsTargets.all(),
                        QueueTargets.all(),
                        BusTargets.all(),
                        ProbeTargets.all())
                .flatMap(List::stream)
                .toList();
    }
}
