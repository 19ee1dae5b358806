package org.nostrmonitor.http.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.Stage;
import org.nostrmonitor.storage.RelayViews.Result;

/**
 * One check in the list of checks.
 *
 * @param what what did not pass, in words; empty if all that was asked passed
 */
public record ResultRow(
        When at,
        StateMark state,
        String region,
        @Nullable String open,
        @Nullable String read,
        @Nullable String write,
        String what) {
    private static final int FIRST_NOT_TESTED = 200;

    static ResultRow of(Result result, Instant now) {
        return new ResultRow(
                When.of(result.checkedAt(), now),
                StateMark.of(result.state()),
                result.region(),
                Numbers.msOrNull(result.open()),
                Numbers.msOrNull(result.read()),
                Numbers.msOrNull(result.write()),
                what(result));
    }

    private static String what(Result result) {
        List<String> clauses = new ArrayList<>();
        String open = Clause.of(result.stage(), result.reason());
        if (open != null) {
            clauses.add(open);
        }
        add(clauses, open, Stage.READ, result.readReason());
        add(clauses, open, Stage.WRITE, result.writeReason());
        add(clauses, open, Stage.NIP11, result.nip11Reason());
        return String.join("; ", clauses);
    }

    /** What was not asked is not worth a word here, and what decided the state is said already. */
    private static void add(List<String> clauses, @Nullable String open, Stage stage, @Nullable Reason reason) {
        String clause = Clause.of(stage, reason);
        if (reason != null && clause != null && reason.code() < FIRST_NOT_TESTED && !clause.equals(open)) {
            clauses.add(clause);
        }
    }
}
