package org.nostrmonitor.chaos;

/** What is done to the system. */
enum Fault {
    KILL_AFTER_CLAIM("worker killed after the claim", Point.AFTER_CLAIM),
    KILL_MID_PROBE("worker killed in the middle of a probe", Point.MID_PROBE),
    KILL_BEFORE_COMMIT("worker killed before the commit", Point.BEFORE_COMMIT),
    KILL_AFTER_COMMIT("worker killed between commit and ack", Point.AFTER_COMMIT),
    KILL_AT_RANDOM("worker killed at a random moment"),
    STALL("worker stopped past its lease, then continued"),
    KILL_SCHEDULER("scheduler killed"),
    KILL_MID_PLAN("scheduler killed while it planned"),
    RESTART_REDIS("Redis stopped and started"),
    KILL_REDIS("Redis killed and started"),
    FLUSH_REDIS("Redis flushed (FLUSHALL)"),
    STOP_POSTGRES("PostgreSQL stopped and started"),
    STOP_BOTH("both stopped, then started"),
    ONE_AFTER_THE_OTHER("PostgreSQL stopped and started, then Redis"),
    POISON("job that kills its worker");

    final String label;
    /** Where the worker is killed, for those who name a point. */
    final Point point;

    Fault(String label) {
        this(label, Point.MID_PROBE);
    }

    Fault(String label, Point point) {
        this.label = label;
        this.point = point;
    }

    /** Whether a worker is killed by it. */
    boolean killsWorkers() {
        return switch (this) {
            case KILL_AFTER_CLAIM, KILL_MID_PROBE, KILL_BEFORE_COMMIT, KILL_AFTER_COMMIT, KILL_AT_RANDOM, POISON ->
                true;
            default -> false;
        };
    }
}
