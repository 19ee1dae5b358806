package org.nostrmonitor.probe;

import java.util.Locale;
import java.util.regex.Pattern;
import org.nostrmonitor.relay.Outcome.Refused;
import org.nostrmonitor.relay.Reason;

/** Reads a relay's no: the machine-readable prefix of NIP-01 in {@code OK false} and {@code CLOSED}. */
final class Refusal {
    private static final int MAX_PREFIX = 32;
    private static final Pattern MONEY = Pattern.compile("\\b(pay|paid|payment|invoice)\\b", Pattern.CASE_INSENSITIVE);

    private Refusal() {}

    static Refused of(String message) {
        return new Refused(reason(message), Evidence.bounded(message));
    }

    static Reason reason(String message) {
        return switch (prefix(message)) {
            case "auth-required" -> Reason.AUTH_REQUIRED;
            case "payment-required" -> Reason.PAYMENT_REQUIRED;
            case "restricted" -> asksForMoney(message) ? Reason.PAYMENT_REQUIRED : Reason.RESTRICTED;
            case "blocked" -> asksForMoney(message) ? Reason.PAYMENT_REQUIRED : Reason.REFUSED_BLOCKED;
            case "pow" -> Reason.POW;
            case "rate-limited" -> Reason.RATE_LIMITED;
            case "mute" -> Reason.MUTE;
            case "invalid" -> Reason.INVALID;
            case "unsupported" -> Reason.UNSUPPORTED;
            case "error" -> Reason.ERROR;
            default -> Reason.REFUSED;
        };
    }

    /** The relay has the event already: as good as a yes. */
    static boolean isDuplicate(String message) {
        return prefix(message).equals("duplicate");
    }

    private static String prefix(String message) {
        int colon = message.indexOf(':');
        return colon < 0 || colon > MAX_PREFIX
                ? ""
                : message.substring(0, colon).strip().toLowerCase(Locale.ROOT);
    }

    /** NIP-01 has no prefix for payment; paid relays say it in words behind these two. */
    private static boolean asksForMoney(String message) {
        return MONEY.matcher(Evidence.bounded(message)).find();
    }
}
