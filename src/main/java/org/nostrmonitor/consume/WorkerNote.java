package org.nostrmonitor.consume;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What keeps a worker from claiming, in a sentence for people. */
final class WorkerNote {
    static final String NOTHING = "";
    static final String STOPPING = "the worker is stopping, so nothing more is claimed";
    static final String NO_QUEUE = "Redis does not answer, so nothing can be claimed";

    private WorkerNote() {}

    static String reportsHeld(int held, int most, boolean postgresIsAway) {
        return format(
                "PostgreSQL %s: %,d of %,d are held, so nothing more is claimed", does(postgresIsAway), held, most);
    }

    static String documentsHeld(long bytes, long mostBytes, boolean postgresIsAway) {
        return format(
                "PostgreSQL %s: %,d of %,d MB are held, so nothing more is claimed",
                does(postgresIsAway), megabytes(bytes), megabytes(mostBytes));
    }

    private static String does(boolean away) {
        return away ? "does not take reports" : "is slow to take reports";
    }

    static String acksWait(int waiting, int most) {
        return format(
                "Redis does not take acknowledgements: %,d of %,d wait, so nothing more is claimed", waiting, most);
    }

    static String late(long lagMs) {
        return format("the event loop is %,d ms late", lagMs);
    }

    static String upFail(int failed, int of) {
        return format("%,d of %,d relays that were up do not answer", failed, of);
    }

    static String allSilent(int hosts, Duration silence) {
        return format("nothing has come back for %,d s from the %,d hosts that were tried", silence.toSeconds(), hosts);
    }

    /** @param failures what gave rise to it */
    static String suspicion(String failures) {
        return failures + ": others are asked whether our own network works";
    }

    /** @param witnesses that were asked last, or null if there are none */
    static String doubt(String failures, @Nullable WitnessRound witnesses) {
        String nor = witnesses == null
                ? ""
                : format(", nor do %,d of %,d witnesses", witnesses.silent().size(), witnesses.size());
        return failures + nor + ": our own network is in doubt; nothing is claimed, and nothing is stored as offline";
    }

    static String notHandedOut(int jobs) {
        return jobs == 1
                ? "1 job waits but is not handed out: its host has had its turn"
                : format("%,d jobs wait but none is handed out: their hosts have had their turn", jobs);
    }

    private static String format(String sentence, Object... values) {
        return String.format(Locale.ROOT, sentence, values);
    }

    private static long megabytes(long bytes) {
        return bytes / 1_000_000;
    }
}
