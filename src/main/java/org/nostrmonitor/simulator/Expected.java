package org.nostrmonitor.simulator;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Capability.Finding;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.Requirement;
import org.nostrmonitor.relay.Stage;

/**
 * The truth about a simulated relay: what an honest monitor that answers NIP-42 and does a little work (NIP-13) must find.
 *
 * @param state online or offline
 * @param stage where the probe of an offline relay fails, or null
 * @param reason why it fails there, or null
 * @param readable a REQ is answered with EVENT or EOSE
 * @param writable an ephemeral event of anybody is accepted, if need be after a little work
 * @param nip11 a GET for it is answered with a document, were the relay online or not
 * @param refusal why an online relay says no to a read or write, or null
 * @param requirements what its behaviour shows in one check; what it does not show is absent
 * @param capabilities what tests of its claims must find, by NIP; empty where only the behaviour is asked for, and of a relay
 *     that is slow, where it depends on the time that the monitor has
 */
public record Expected(
        RelayState state,
        @Nullable Stage stage,
        @Nullable Reason reason,
        boolean readable,
        boolean writable,
        boolean nip11,
        @Nullable Reason refusal,
        Map<Requirement, Boolean> requirements,
        Map<Integer, Finding> capabilities) {
    public Expected {
        requirements = Map.copyOf(requirements);
        capabilities = Map.copyOf(capabilities);
    }

    static Expected of(Behaviour behaviour) {
        return switch (behaviour) {
            case HEALTHY,
                    AUTH_REQUIRED,
                    EMPTY,
                    SLOW,
                    AUTH_AT_ONCE,
                    AUTH_LATE,
                    AUTH_UNCLAIMED,
                    AUTH_CLAIMED_ONLY,
                    DUPLICATE,
                    POW_EASY,
                    CAPABLE,
                    BOASTFUL,
                    DEAF_TO_COUNT,
                    CLOSING_ON_COUNT,
                    CLOSING_ON_SEARCH -> online(behaviour, true, null);
            case NIP11_MISSING, NIP11_BROKEN -> online(behaviour, false, null);
            case WRITE_RESTRICTED -> online(behaviour, true, Reason.RESTRICTED);
            case WRITE_BLOCKED -> online(behaviour, true, Reason.REFUSED_BLOCKED);
            case PAID -> online(behaviour, true, Reason.PAYMENT_REQUIRED);
            case POW -> online(behaviour, true, Reason.POW);
            case RATE_LIMITED -> online(behaviour, true, Reason.RATE_LIMITED);
            case MUTE -> online(behaviour, true, Reason.MUTE);
            case AUTH_REFUSED -> unreadable(behaviour, Reason.RESTRICTED);
            case NOTICE_ONLY -> unreadable(behaviour, Reason.ERROR);
            case NOT_NOSTR -> offline(Stage.READ, Reason.PROTOCOL, true);
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

    private static Expected online(Behaviour behaviour, boolean nip11, @Nullable Reason writeRefusal) {
        return new Expected(
                RelayState.ONLINE,
                null,
                null,
                true,
                writeRefusal == null,
                nip11,
                writeRefusal,
                Truths.requirements(behaviour),
                Map.of());
    }

    private static Expected unreadable(Behaviour behaviour, Reason refusal) {
        Map<Requirement, Boolean> requirements = Truths.requirements(behaviour);
        return new Expected(RelayState.ONLINE, null, null, false, false, true, refusal, requirements, Map.of());
    }

    private static Expected offline(Stage stage, Reason reason, boolean nip11) {
        return new Expected(RelayState.OFFLINE, stage, reason, false, false, nip11, null, Map.of(), Map.of());
    }

    /** The same with what its claims come to. */
    Expected with(Map<Integer, Finding> tested) {
        return new Expected(state, stage, reason, readable, writable, nip11, refusal, requirements, tested);
    }
}
