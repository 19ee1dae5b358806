package org.nostrmonitor.relay;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one probe found. Every published or shown number of a relay comes from here.
 *
 * @param relay the relay probed
 * @param region seen from here
 * @param cycle the cycle of the job, whole seconds; with relay and region the natural key of the result
 * @param checkedAt wall clock at the start of the probe
 * @param address the IP address dialled, or null if none was
 * @param phases how long each phase took
 * @param open whether a WebSocket could be opened
 * @param read whether a REQ was answered
 * @param write whether our own ephemeral event was accepted
 * @param nip11 whether the NIP-11 document could be fetched
 * @param document the NIP-11 document as received if {@code nip11} passed, else null
 * @param observed requirements seen in the relay's behaviour; what was not seen is absent
 * @param loopLag the largest lateness of the probing event loop during the probe
 * @param withheld the stages whose time measures how busy we were, and not the relay
 * @param looks how many looks led to this: 1, or up to 3 where an outage was confirmed
 * @param facts what else was seen
 */
public record CheckReport(
        RelayUrl relay,
        String region,
        Instant cycle,
        Instant checkedAt,
        @Nullable String address,
        Phases phases,
        Outcome open,
        Outcome read,
        Outcome write,
        Outcome nip11,
        @Nullable String document,
        Map<Requirement, Boolean> observed,
        Duration loopLag,
        Set<Stage> withheld,
        int looks,
        Facts facts) {
    /** A tenth of the usual timeout: a relay that answers in nine tenths of it is still heard. */
    private static final Duration MAX_LAG_OF_A_SILENCE = Duration.ofSeconds(1);

    public CheckReport {
        observed = Map.copyOf(observed);
        withheld = Set.copyOf(withheld);
    }

    /**
     * Online if it opened and answered a read with EVENT, EOSE, CLOSED, AUTH or NOTICE; unknown if it was not asked; else
     * offline. Never {@link RelayState#DEGRADED}: that needs the past.
     */
    public RelayState state() {
        if (!open.tested()) {
            return RelayState.UNKNOWN;
        }
        if (open.failed() || read.failed()) {
            return RelayState.OFFLINE;
        }
        return RelayState.ONLINE;
    }

    /** The outcome that decides the state: the failure if there is one. */
    public Outcome decisive() {
        return open.passed() && read.tested() ? read : open;
    }

    /** The time of one phase, or null if it was not made or its time is withheld. */
    public @Nullable Duration took(Stage stage) {
        return withheld.contains(stage) ? null : phases.of(stage);
    }

    /**
     * Whether the relay failed by silence while we were too busy to hear it: then nothing was found out, and the check is to
     * be made again.
     */
    public boolean doubtful() {
        return loopLag.compareTo(MAX_LAG_OF_A_SILENCE) > 0
                && (isSilence(open) || isSilence(read) || isSilence(write) || isSilence(nip11));
    }

    private static boolean isSilence(Outcome outcome) {
        Reason reason = outcome.failed() ? outcome.reason() : null;
        return reason != null && reason.isTimeout();
    }

    /**
     * Start of the TCP connect to the 101, or null unless {@code open} passed and none of its parts is withheld. Name
     * resolution is excluded.
     */
    public @Nullable Duration rttOpen() {
        Duration tcp = took(Stage.TCP);
        Duration upgrade = took(Stage.UPGRADE);
        if (withheld.contains(Stage.TLS) || !open.passed() || tcp == null || upgrade == null) {
            return null;
        }
        Duration tls = phases.tls();
        return tls == null ? tcp.plus(upgrade) : tcp.plus(tls).plus(upgrade);
    }

    /** REQ to first EVENT, EOSE or CLOSED, or null if there was none. */
    public @Nullable Duration rttRead() {
        return read.answered() ? took(Stage.READ) : null;
    }

    /** EVENT to an {@code OK true}, or null if there was none. */
    public @Nullable Duration rttWrite() {
        return write.passed() ? took(Stage.WRITE) : null;
    }
}
