package org.nostrmonitor.http.view;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.CertificateExpiry;
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
        return reason == null ? null : subject(stage) + words(stage, reason);
    }

    /** The same with the evidence of a report, if that report shows the same. */
    static @Nullable String of(@Nullable Stage stage, @Nullable Reason reason, CheckReport report, Instant now) {
        Outcome outcome = outcome(stage, report);
        if (reason == null || outcome.reason() != reason) {
            return of(stage, reason);
        }
        String words = Optional.ofNullable(stage == Stage.TLS ? report.facts().tls() : null)
                .flatMap(tls -> CertificateExpiry.fault(reason, tls, report.checkedAt(), now))
                .orElseGet(() -> Explanation.of(outcome));
        return subject(stage) + words;
    }

    private static Outcome outcome(@Nullable Stage stage, CheckReport report) {
        if (stage == Stage.WRITE) {
            return report.write();
        }
        return stage == Stage.NIP11 ? report.nip11() : report.decisive();
    }

    /** A relay that is up has to be told what about it fails. */
    private static String subject(@Nullable Stage stage) {
        if (stage == Stage.WRITE) {
            return "writing fails, ";
        }
        return stage == Stage.NIP11 ? "its NIP-11 document cannot be read, " : "";
    }

    private static String words(@Nullable Stage stage, Reason reason) {
        if (stage != null && reason.code() < FIRST_OWN_ANSWER) {
            return Explanation.of(stage, reason);
        }
        return reason.code() < FIRST_NOT_TESTED
                ? Explanation.of(new Outcome.Refused(reason, ""))
                : Explanation.of(new Outcome.NotTested(reason));
    }
}
