package org.nostrmonitor.http.view;

import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Explanation;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.Stage;

/** Why a relay is as it is, as a clause that fits behind a colon; null where nothing is wrong. */
final class Clause {
    private static final int FIRST_OWN_ANSWER = 100;
    private static final int FIRST_NOT_TESTED = 200;

    private Clause() {}

    static @Nullable String of(@Nullable Stage stage, @Nullable Reason reason) {
        if (reason == null) {
            return null;
        }
        if (stage != null && reason.code() < FIRST_OWN_ANSWER) {
            return Explanation.of(stage, reason);
        }
        return reason.code() < FIRST_NOT_TESTED
                ? Explanation.of(new Outcome.Refused(reason, ""))
                : Explanation.of(new Outcome.NotTested(reason));
    }

    /** The same with the evidence of a report, if that report shows the same. */
    static @Nullable String of(@Nullable Stage stage, @Nullable Reason reason, CheckReport report) {
        Outcome decisive = report.decisive();
        return reason != null && decisive.reason() == reason ? Explanation.of(decisive) : of(stage, reason);
    }
}
