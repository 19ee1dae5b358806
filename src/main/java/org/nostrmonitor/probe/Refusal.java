package org.nostrmonitor.probe;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.nostrmonitor.relay.Outcome.Refused;
import org.nostrmonitor.relay.Reason;

/** Reads a relay's no: the machine-readable prefix of NIP-01 in {@code OK false} and {@code CLOSED}. */
final class Refusal {
    private static final int MAX_PREFIX = 32;
    private static final int MOST_BITS = 256;
    private static final Pattern MONEY = Pattern.compile("\\b(pay|paid|payment|invoice)\\b", Pattern.CASE_INSENSITIVE);

    /** A number on its own, and not that of a NIP. */
    private static final Pattern NUMBER =
            Pattern.compile("(?<![\\w.])(?<!NIP[- ]?)\\d{1,3}(?!\\d|\\.\\d)", Pattern.CASE_INSENSITIVE);

    private static final Pattern BITS =
            Pattern.compile("(?<![\\w.])\\d{1,3}(?=[- ]?bits?\\b)", Pattern.CASE_INSENSITIVE);

    private static final Pattern UNKNOWN = Pattern.compile(
            "unsupported|not supported|unknown|unrecogni[sz]ed|not implemented|disabled|not enabled|not available"
                    + "|could ?n[o']t parse|cannot parse|invalid (message|command|type|request|verb|literal|enum|input)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern BUSY = Pattern.compile(
            "\\brate|slow down|too (many|much|fast)|limit|overload|busy|later|quota", Pattern.CASE_INSENSITIVE);

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

    /**
     * Whether a no says that the relay does not know how, or not to anybody: what a policy, a rate limit or an accident says is
     * none of that.
     */
    static boolean isInability(String message) {
        return switch (reason(message)) {
            case UNSUPPORTED -> true;
            case INVALID, ERROR, REFUSED ->
                UNKNOWN.matcher(Evidence.bounded(message)).find() && !isForNow(message);
            default -> false;
        };
    }

    /** Whether a no may be a yes later: it speaks of rates, limits or load. */
    static boolean isForNow(String message) {
        return reason(message) == Reason.RATE_LIMITED
                || BUSY.matcher(Evidence.bounded(message)).find();
    }

    /**
     * How many bits of work a {@code pow:} asks for, if it says so. Such messages name what is wanted, what was there, or both:
     * {@code pow: difficulty 26 is less than 30}. What is wanted is the largest, of those that are called bits if any are.
     */
    static OptionalInt bits(String message) {
        String words = Evidence.bounded(message);
        OptionalInt called = largest(BITS, words);
        return called.isPresent() ? called : largest(NUMBER, words);
    }

    private static OptionalInt largest(Pattern number, String words) {
        return number.matcher(words)
                .results()
                .map(MatchResult::group)
                .mapToInt(Integer::parseInt)
                .filter(bits -> bits >= 1 && bits <= MOST_BITS)
                .max();
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
