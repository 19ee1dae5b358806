package org.nostrmonitor.chaos;

import java.util.List;

/** Where a process can be told to stop, so that it can be killed there. */
enum Point {
    /** The leases are taken, nothing has begun. */
    AFTER_CLAIM("after-claim"),
    MID_PROBE("mid-probe"),
    BEFORE_COMMIT("before-commit"),
    /** Between the commit and the ack. */
    AFTER_COMMIT("after-commit"),
    /** In a scheduler: some jobs of a cycle may be in the queue, not all are. */
    MID_PLAN("mid-plan");

    /** Those of a worker. */
    static final List<Point> OF_A_JOB = List.of(AFTER_CLAIM, MID_PROBE, BEFORE_COMMIT, AFTER_COMMIT);

    final String label;

    Point(String label) {
        this.label = label;
    }

    static Point of(String label) {
        for (Point point : values()) {
            if (point.label.equals(label)) {
                return point;
            }
        }
        throw new IllegalArgumentException("no point " + label);
    }
}
