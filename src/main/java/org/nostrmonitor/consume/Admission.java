package org.nostrmonitor.consume;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Whether a worker may claim, and what keeps it from it. Used on one event loop. */
final class Admission {
    /** The largest lateness since the last beat: a pause of a moment is no trouble, more than this is. */
    private static final long LATE_MS = 500;

    private final Room room;
    private final Reachability redis;
    private final Reachability postgres;
    private final HeldReports held;
    private final Settlement settlement;
    private final Backoff backoff;
    private int failures;
    private long nextNanos = System.nanoTime();

    Admission(
            Room room,
            Reachability redis,
            Reachability postgres,
            HeldReports held,
            Settlement settlement,
            Backoff backoff) {
        this.room = room;
        this.redis = redis;
        this.postgres = postgres;
        this.held = held;
        this.settlement = settlement;
        this.backoff = backoff;
        redis.onReturn(() -> nextNanos = System.nanoTime());
    }

    boolean open() {
        return System.nanoTime() - nextNanos >= 0 && room.open();
    }

    void claimed() {
        failures = 0;
        redis.answered();
    }

    void claimFailed(Throwable fault) {
        redis.failed(fault);
        failures++;
        Duration wait = backoff.after(failures, ThreadLocalRandom.current());
        nextNanos = System.nanoTime() + wait.toNanos();
    }

    /** A sentence, or {@link WorkerNote#NOTHING}. */
    String note(long lagMs) {
        if (!room.open()) {
            return full();
        }
        if (redis.away()) {
            return WorkerNote.NO_QUEUE;
        }
        return lagMs >= LATE_MS ? WorkerNote.late(lagMs) : WorkerNote.NOTHING;
    }

    private String full() {
        if (settlement.untold() > held.count()) {
            return WorkerNote.acksWait(settlement.untold(), room.most());
        }
        return room.isFullOfBytes()
                ? WorkerNote.documentsHeld(room.bytes(), room.mostBytes(), postgres.away())
                : WorkerNote.reportsHeld(held.count(), room.most(), postgres.away());
    }
}
