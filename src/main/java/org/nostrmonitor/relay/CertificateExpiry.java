package org.nostrmonitor.relay;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

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
