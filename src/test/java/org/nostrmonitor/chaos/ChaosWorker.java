package org.nostrmonitor.chaos;

import java.io.IOException;

/** A worker as a process of its own: all of it real but for the probes. */
public final class ChaosWorker {
    private ChaosWorker() {}

    /** Settings by the environment, orders by stdin; what it does it says on stdout. */
    public static void main(String[] arguments) throws IOException {
        ChildSettings settings = ChildSettings.ofThisProcess();
        Stops stops = new Stops();
        Wiring wiring = Wiring.of(settings);
        MadeUpProbes probes = new MadeUpProbes(wiring.vertx(), stops, settings.longestProbe());
        wiring.startWorker(probes, stops).onComplete(started -> Trace.ready(), fault -> {
            fault.printStackTrace();
            Runtime.getRuntime().halt(1);
        });
        Orders.obey(stops, probes::takeAtMost);
    }
}
