package org.nostrmonitor.consume;

import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Reason;

/** What a relay that does not answer shows of our network all the same. */
final class NetworkSign {
    private NetworkSign() {}

    /** Whether something came back that only a server sends: it opened, or sent a certificate or a status of HTTP. */
    static boolean in(CheckReport report) {
        Outcome open = report.open();
        return open.answered() || (open.failed() && isAnswer(open.reason()));
    }

    /** A connection that is refused or reset may be the work of our own router. */
    private static boolean isAnswer(@Nullable Reason reason) {
        if (reason == null) {
            return false;
        }
        return switch (reason) {
            case TLS_EXPIRED,
                    TLS_NOT_YET_VALID,
                    TLS_WRONG_HOST,
                    TLS_SELF_SIGNED,
                    TLS_UNKNOWN_ISSUER,
                    TLS_BAD_CERTIFICATE,
                    UPGRADE_STATUS -> true;
            default -> false;
        };
    }
}
