package org.nostrmonitor.storage;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Known;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.RelayState;

/**
 * What a region knows of a relay: the past that a new report is judged by, and what it becomes.
 *
 * @param state as of the last conclusive check; unknown if there was none
 * @param since when it came into this state
 * @param checkedAt the last conclusive check
 * @param onlineAt when it was last up, or null
 * @param write the last test of it, which may be hours ago: it is not made in every cycle
 * @param writeTook the time of that test if it passed
 * @param nip11 the last test of it
 * @param known what its behaviour showed so far
 * @param capabilitiesTestedAt when they were last tested, or null
 */
record Standing(
        RelayState state,
        Instant since,
        Instant checkedAt,
        @Nullable Instant onlineAt,
        @Nullable Instant readPassedAt,
        Tested write,
        @Nullable Duration writeTook,
        Tested nip11,
        Known known,
        @Nullable Instant capabilitiesTestedAt) {
    /** A check that has not passed for so long is no longer one that "used to pass". */
    private static final Duration USED_TO_PASS = Duration.ofDays(7);

    /**
     * @param at when it was last tested, or null if never
     * @param outcome of that test, as in {@link Codes}
     * @param passedAt when it last passed, or null
     */
    record Tested(
            @Nullable Instant at,
            @Nullable Short outcome,
            @Nullable Instant passedAt) {
        static final Tested NEVER = new Tested(null, null, null);

        Tested then(Outcome now, Instant when) {
            return now.tested() ? new Tested(when, Codes.of(now), now.passed() ? when : passedAt) : this;
        }

        boolean usedToPass(Instant now) {
            return Codes.isFailure(outcome)
                    && passedAt != null
                    && passedAt.plus(USED_TO_PASS).isAfter(now);
        }
    }

    /**
     * The state that is stored with a report. Degraded is an online relay of which the last test of write or NIP-11 failed,
     * while it had passed within seven days. A refusal is an answer, not a failure; a test that was not due changes nothing.
     */
    static RelayState judge(@Nullable Standing before, CheckReport report) {
        if (report.state() != RelayState.ONLINE) {
            return report.state();
        }
        Instant now = report.checkedAt();
        boolean failing =
                write(before, report).usedToPass(now) || nip11(before, report).usedToPass(now);
        return failing ? RelayState.DEGRADED : RelayState.ONLINE;
    }

    /**
     * Whether a report says more than what is known: it is newer, and it measured something or nothing ever was. What could
     * not be measured is neither online nor offline.
     */
    static boolean changes(@Nullable Standing before, CheckReport report) {
        if (before == null) {
            return true;
        }
        boolean conclusive = report.state() != RelayState.UNKNOWN || before.state == RelayState.UNKNOWN;
        return conclusive && report.checkedAt().isAfter(before.checkedAt);
    }

    /** What is known after a report that changes something. */
    static Standing after(@Nullable Standing before, CheckReport report) {
        Instant now = report.checkedAt();
        RelayState state = judge(before, report);
        Instant online = before == null ? null : before.onlineAt;
        Instant readPassed = before == null ? null : before.readPassedAt;
        Duration writeTook = before == null ? null : before.writeTook;
        return new Standing(
                state,
                before != null && before.state == state ? before.since : now,
                now,
                state.isUp() ? now : online,
                report.read().passed() ? now : readPassed,
                write(before, report),
                report.write().tested() ? report.rttWrite() : writeTook,
                nip11(before, report),
                (before == null ? Known.NOTHING : before.known).and(report),
                report.facts().capabilities().isEmpty() ? before == null ? null : before.capabilitiesTestedAt : now);
    }

    private static Tested write(@Nullable Standing before, CheckReport report) {
        return (before == null ? Tested.NEVER : before.write).then(report.write(), report.checkedAt());
    }

    private static Tested nip11(@Nullable Standing before, CheckReport report) {
        return (before == null ? Tested.NEVER : before.nip11).then(report.nip11(), report.checkedAt());
    }
}
