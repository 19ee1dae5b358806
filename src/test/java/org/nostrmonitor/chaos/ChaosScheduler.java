package org.nostrmonitor.chaos;

import java.io.IOException;

/** A scheduler as a process of its own, with a tick every minute. */
public final class ChaosScheduler {
    private ChaosScheduler() {}

    /** Settings by the environment, orders by stdin; what it announces it says on stdout. */
    public static void main(String[] arguments) throws IOException {
        Stops stops = new Stops();
        // Before the first cycle is planned, which begins with the start.
        if (arguments.length > 0) {
            stops.arm(Point.of(arguments[0]));
        }
        Wiring.of(ChildSettings.ofThisProcess()).startScheduler(stops).onComplete(started -> Trace.ready(), fault -> {
            fault.printStackTrace();
            Runtime.getRuntime().halt(1);
        });
        Orders.obey(stops, longest -> {});
    }
}
