package org.nostrmonitor.storage;

import io.vertx.sqlclient.Row;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Network;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.Stage;

/** The small numbers that stand for states, stages and outcomes. An outcome: null is not tested, 0 passed, else the reason. */
final class Codes {
    static final short PASSED = 0;

    /** From here on a reason is the relay's own answer and no fault. */
    private static final int ANSWERED = 100;

    private Codes() {}

    static @Nullable Short of(Outcome outcome) {
        if (!outcome.tested()) {
            return null;
        }
        Reason reason = outcome.reason();
        return reason == null ? PASSED : (short) reason.code();
    }

    static @Nullable Short ofStage(Outcome outcome) {
        return outcome instanceof Outcome.Failed failed ? (short) failed.stage().code() : null;
    }

    static boolean isFailure(@Nullable Short outcome) {
        return outcome != null && outcome > PASSED && outcome < ANSWERED;
    }

    static boolean isAnswer(@Nullable Short outcome) {
        return outcome != null && !isFailure(outcome);
    }

    static RelayState state(Row row, String column) {
        return RelayState.ofCode(row.getShort(column));
    }

    static Network network(Row row) {
        return Network.ofCode(row.getShort("network"));
    }

    static @Nullable Stage stage(Row row, String column) {
        Short code = row.getShort(column);
        return code == null ? null : Stage.ofCode(code);
    }

    /** Null if it passed or was not tested. */
    static @Nullable Reason reason(Row row, String column) {
        Short code = row.getShort(column);
        return code == null || code == PASSED ? null : Reason.ofCode(code);
    }
}
