package org.nostrmonitor.relay;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.nostrmonitor.relay.TlsSession.Certificate;

/** What is to be said of a relay's own certificate when its end is near, or has come. */
public final class CertificateExpiry {
    /** Who renews certificates by a program renews them earlier: at this point something has failed. */
    private static final Duration NEAR = Duration.ofDays(14);

    private CertificateExpiry() {}

    /** A sentence, or empty while there is time. Counts whole days or hours, rounded down. */
    public static Optional<String> warning(TlsSession session, Instant now) {
        Duration left = Duration.between(now, session.leaf().notAfter());
        if (left.compareTo(NEAR) > 0) {
            return Optional.empty();
        }
        return Optional.of(
                left.isNegative()
                        ? "The certificate expired " + span(left.negated()) + " ago."
                        : "The certificate expires in " + span(left) + ".");
    }

    /**
     * What a check that failed for the age of a certificate saw, as a clause; empty if what was kept does not show it: then
     * nothing is known of when it ended.
     *
     * @param checkedAt when it was seen
     */
    public static Optional<String> fault(Reason reason, TlsSession session, Instant checkedAt, Instant now) {
        Certificate leaf = session.leaf();
        if (reason == Reason.TLS_EXPIRED && leaf.notAfter().isBefore(checkedAt)) {
            return Optional.of("the TLS certificate expired " + since(leaf.notAfter(), now));
        }
        if (reason == Reason.TLS_EXPIRED) {
            return session.chain().stream()
                    .map(Certificate::notAfter)
                    .filter(checkedAt::isAfter)
                    .findFirst()
                    .map(end -> "a certificate that its TLS certificate rests on expired " + since(end, now));
        }
        return reason == Reason.TLS_NOT_YET_VALID && leaf.notBefore().isAfter(now)
                ? Optional.of(
                        "the TLS certificate becomes valid only in " + span(Duration.between(now, leaf.notBefore())))
                : Optional.empty();
    }

    private static String since(Instant end, Instant now) {
        return span(Duration.between(end, now)) + " ago";
    }

    private static String span(Duration span) {
        if (span.toHours() < 1) {
            return "less than an hour";
        }
        return span.toDays() < 1 ? counted(span.toHours(), "hour") : counted(span.toDays(), "day");
    }

    private static String counted(long count, String unit) {
        return count + " " + unit + (count == 1 ? "" : "s");
    }
}
