package org.nostrmonitor.simulator;

import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.Stage;

/**
 * The truth about a simulated relay: what an honest monitor that answers NIP-42 must find.
 *
 * @param state online or offline
 * @param stage where the probe of an offline relay fails, or null
 * @param reason why it fails there, or null
 * @param readable a REQ is answered with EVENT or EOSE
 * @param writable an ephemeral event of anybody is accepted
 * @param nip11 a GET for it is answered with a document, were the relay online or not
 * @param refusal why an online relay says no to a read or write, or null
 */
public record Expected(
        RelayState state,
        @Nullable Stage stage,
        @Nullable Reason reason,
        boolean readable,
        boolean writable,
        boolean nip11,
        @Nullable Reason refusal) {

    static Expected of(Behaviour behaviour) {
        return switch (behaviour) {
            case HEALTHY, AUTH_REQUIRED, EMPTY, SLOW -> online(true, null);
            case NIP11_MISSING, NIP11_BROKEN -> online(false, null);
            case WRITE_RESTRICTED -> online(true, Reason.RESTRICTED);
            case WRITE_BLOCKED -> online(true, Reason.REFUSED_BLOCKED);
            case PAID -> online(true, Reason.PAYMENT_REQUIRED);
            case POW -> online(true, Reason.POW);
            case AUTH_REFUSED -> new Expected(RelayState.ONLINE, null, null, false, false, true, Reason.RESTRICTED);
            case SILENT -> offline(Stage.READ, Reason.NO_REPLY, true);
            case CLOSING_MIDWAY -> offline(Stage.READ, Reason.CLOSED, true);
            case REFUSING -> offline(Stage.TCP, Reason.TCP_REFUSED, false);
            case HTTP_STATUS -> offline(Stage.UPGRADE, Reason.UPGRADE_STATUS, false);
            case TLS_EXPIRED -> offline(Stage.TLS, Reason.TLS_EXPIRED, false);
            case TLS_NOT_YET_VALID -> offline(Stage.TLS, Reason.TLS_NOT_YET_VALID, false);
            case TLS_WRONG_HOST -> offline(Stage.TLS, Reason.TLS_WRONG_HOST, false);
            case TLS_SELF_SIGNED -> offline(Stage.TLS, Reason.TLS_SELF_SIGNED, false);
            case TLS_UNKNOWN -> offline(Stage.TLS, Reason.TLS_UNKNOWN_ISSUER, false);
        };
    }

    private static Expected online(boolean nip11, @Nullable Reason writeRefusal) {
        return new Expected(RelayState.ONLINE, null, null, true, writeRefusal == null, nip11, writeRefusal);
    }

    private static Expected offline(Stage stage, Reason reason, boolean nip11) {
        return new Expected(RelayState.OFFLINE, stage, reason, false, false, nip11, null);
    }
}
