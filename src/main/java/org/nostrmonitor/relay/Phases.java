package org.nostrmonitor.relay;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long each phase of a probe took, from a monotonic clock; null where it was not reached or not timed. A phase that
 * failed keeps the time until it failed.
 *
 * @param dns name resolution, outside of rtt-open
 * @param tcp start of the connect to its completion
 * @param tls handshake; null for {@code ws://}
 * @param upgrade HTTP request sent to the 101 (RFC 6455)
 * @param read REQ sent to first EVENT, EOSE or CLOSED
 * @param write EVENT sent to its OK
 * @param nip11 the whole HTTP fetch
 */
public record Phases(
        @Nullable Duration dns,
        @Nullable Duration tcp,
        @Nullable Duration tls,
        @Nullable Duration upgrade,
        @Nullable Duration read,
        @Nullable Duration write,
        @Nullable Duration nip11) {
    public static final Phases NONE = new Phases(null, null, null, null, null, null, null);

    /** The time of one phase, or null. */
    public @Nullable Duration of(Stage stage) {
        return switch (stage) {
            case DNS -> dns;
            case TCP -> tcp;
            case TLS -> tls;
            case UPGRADE -> upgrade;
            case READ -> read;
            case WRITE -> write;
            case NIP11 -> nip11;
        };
    }

    /** The same with one phase set. */
    public Phases with(Stage stage, Duration took) {
        return new Phases(
                stage == Stage.DNS ? took : dns,
                stage == Stage.TCP ? took : tcp,
                stage == Stage.TLS ? took : tls,
                stage == Stage.UPGRADE ? took : upgrade,
                stage == Stage.READ ? took : read,
                stage == Stage.WRITE ? took : write,
                stage == Stage.NIP11 ? took : nip11);
    }
}
