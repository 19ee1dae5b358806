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

    static Expected online() {
        return new Expected(RelayState.ONLINE, null, null, true, true, true, null);
    }

    static Expected offline(Stage stage, Reason reason, boolean nip11) {
        return new Expected(RelayState.OFFLINE, stage, reason, false, false, nip11, null);
    }

    Expected refusingWrites(Reason why) {
        return new Expected(state, stage, reason, readable, false, nip11, why);
    }

    Expected refusingAll(Reason why) {
        return new Expected(state, stage, reason, false, false, nip11, why);
    }

    Expected withoutNip11() {
        return new Expected(state, stage, reason, readable, writable, false, refusal);
    }
}
