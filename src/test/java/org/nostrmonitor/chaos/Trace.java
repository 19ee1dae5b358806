package org.nostrmonitor.chaos;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.nostrmonitor.queue.Lease;
import org.nostrmonitor.relay.CheckJob;

/**
 * What a process says of its doings, a line each on stdout, at once: what is in the pipe outlives a SIGKILL. An id has a
 * space in it and so stands last. {@link Ledger} reads it.
 */
final class Trace {
    static final String READY = "ready";
    static final String PLANNED = "planned";
    static final String CLAIM = "claim";
    static final String PROBE = "probe";
    static final String STORED = "stored";
    static final String ACK = "ack";
    static final String LEFT = "left";
    static final String LOST = "lost";
    static final String AT = "at";
    static final String COMPLETED = "completed";

    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    private Trace() {}

    private static void say(String line) {
        // One write each, so that a kill between two bytes cannot glue two lines together.
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (OUT) {
            OUT.write(bytes, 0, bytes.length);
            OUT.flush();
        }
    }

    static void ready() {
        say(READY);
    }

    /** @param added how many jobs of the cycle were not in the queue */
    static void planned(int added, Instant cycle) {
        say(PLANNED + " " + added + " " + cycle.getEpochSecond());
    }

    static void claimed(Lease lease) {
        say(CLAIM + " " + lease.fence() + " " + lease.job().id());
    }

    static void probes(CheckJob job) {
        say(PROBE + " " + job.id());
    }

    static void stored(boolean isNew, String id) {
        say(STORED + " " + isNew + " " + id);
    }

    static void acked(boolean ours, Lease lease) {
        say(ACK + " " + ours + " " + lease.fence() + " " + lease.job().id());
    }

    /** Handed back, to be tried again, or buried. */
    static void left(Lease lease) {
        say(LEFT + " " + lease.fence() + " " + lease.job().id());
    }

    /** A lease that was not prolonged: its job is another's by now, and its worker will not say more of it. */
    static void lost(Lease lease) {
        say(LOST + " " + lease.fence() + " " + lease.job().id());
    }

    static void at(Point point, String id) {
        say(AT + " " + point.label + " " + id);
    }

    static void completed(Instant cycle) {
        say(COMPLETED + " " + cycle.getEpochSecond());
    }
}
