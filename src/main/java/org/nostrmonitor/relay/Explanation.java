package org.nostrmonitor.relay;

/**
 * Outcomes in words, for people: the one place where they come from. A clause without a capital or a full stop, so that it
 * fits behind "Offline since 14:05 UTC: ". Never claims more than was measured.
 */
public final class Explanation {
    private Explanation() {}

    /** Why a check ended as it did, without what the relay wrote. */
    public static String of(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return of(failed.stage(), failed.reason(), failed.detail());
        }
        Reason reason = outcome.reason();
        return reason == null ? "it answered" : of(reason);
    }

    /** What a test of a NIP came to. */
    public static String of(Capability.Finding finding) {
        return switch (finding) {
            case CONFIRMED -> "works";
            case REFUTED -> "does not work";
            case NOT_TESTED -> "not tested";
        };
    }

    private static String of(Stage stage, Reason reason, String detail) {
        return switch (reason) {
            case UPGRADE_STATUS -> "the server answered HTTP " + detail + " instead of opening a WebSocket";
            case HTTP_STATUS -> "the server answered HTTP " + detail;
            default -> of(stage, reason);
        };
    }

    /** The same without the evidence: of what is kept in a result row. */
    public static String of(Stage stage, Reason reason) {
        return switch (reason) {
            case UPGRADE_STATUS -> "the server answered with an HTTP status instead of opening a WebSocket";
            case HTTP_STATUS -> "the server answered with an HTTP error";
            case NO_REPLY ->
                switch (stage) {
                    case READ -> "it opens, but does not answer a REQ";
                    case WRITE -> "it did not answer our event";
                    default -> "it did not reply";
                };
            case CLOSED -> "it closed the connection " + during(stage);
            case RESET -> "the connection was reset " + during(stage);
            case PROTOCOL -> "what it sent " + during(stage) + " breaks the protocol";
            case TOO_LARGE -> "it sent more than we accept " + during(stage);
            default -> of(reason);
        };
    }

    private static String during(Stage stage) {
        return switch (stage) {
            case DNS -> "during the look-up";
            case TCP -> "while connecting";
            case TLS -> "during the TLS handshake";
            case UPGRADE -> "during the WebSocket upgrade";
            case READ -> "during the read";
            case WRITE -> "during the write";
            case NIP11 -> "during the NIP-11 fetch";
        };
    }

    private static String of(Reason reason) {
        return switch (reason) {
            case DNS_NOT_FOUND -> "the name does not exist";
            case DNS_NO_ADDRESS -> "the name has no address";
            case DNS_SERVER_FAILURE -> "the name server failed";
            case DNS_TIMEOUT -> "the name server did not answer in time";
            case TCP_REFUSED -> "the connection was refused";
            case TCP_TIMEOUT -> "the host did not answer in time";
            case TCP_UNREACHABLE -> "the host cannot be reached";
            case TCP_RESET -> "the connection was reset while connecting";
            case PROXY_FAILED -> "the proxy could not reach it";
            case TLS_EXPIRED -> "the TLS certificate has expired";
            case TLS_NOT_YET_VALID -> "the TLS certificate is not valid yet";
            case TLS_WRONG_HOST -> "the TLS certificate is for another host";
            case TLS_SELF_SIGNED -> "the TLS certificate is self-signed";
            case TLS_UNKNOWN_ISSUER -> "the TLS certificate is from an unknown issuer";
            case TLS_BAD_CERTIFICATE -> "the TLS certificate cannot be used";
            case TLS_HANDSHAKE -> "the TLS handshake failed";
            case TLS_TIMEOUT -> "the TLS handshake did not finish in time";
            case UPGRADE_STATUS -> "the server did not open a WebSocket";
            case UPGRADE_TIMEOUT -> "the WebSocket upgrade was not answered in time";
            case NO_REPLY -> "it did not reply";
            case PROTOCOL -> "what it sent breaks the protocol";
            case TOO_LARGE -> "it sent more than we accept";
            case CLOSED -> "it closed the connection";
            case RESET -> "the connection was reset";
            case HTTP_STATUS -> "the server answered with an HTTP error";
            case NOT_JSON -> "the document is not a JSON object";
            case REDIRECT_BLOCKED -> "it redirects to where we do not go";
            case AUTH_REQUIRED -> "it asks for authentication";
            case RESTRICTED -> "it is restricted";
            case PAYMENT_REQUIRED -> "it asks for payment";
            case POW -> "it asks for proof of work";
            case RATE_LIMITED -> "it limited our rate";
            case MUTE -> "it ignored our event";
            case REFUSED_BLOCKED -> "it has blocked us";
            case INVALID -> "it called our message invalid";
            case ERROR -> "it answered with an error of its own";
            case UNSUPPORTED -> "it does not support this";
            case REFUSED -> "it refused";
            case NOT_REACHED -> "not reached";
            case NOT_DUE -> "not due yet";
            case DISABLED -> "checks of this kind are turned off here";
            case NO_PROXY -> "no proxy to its network is configured";
            case BLOCKED -> "its address is not a public one";
            case CROWDED -> "so many names lead to its address that it had no turn in this cycle";
            case NO_ROUTE -> "no way from here to its address is known to work";
            case PROXY_UNUSABLE -> "our proxy to its network does not serve us";
        };
    }
}
