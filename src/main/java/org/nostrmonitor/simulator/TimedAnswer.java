package org.nostrmonitor.simulator;

/**
 * How long a timed relay kept an answer back.
 *
 * @param heldNanos from the bytes of the question read to those of the answer written, and the same of each turn of the TLS
 *     handshake if it is the 101: what is true of this answer
 * @param intendedNanos what its latency was to be, with what came before it
 * @param sure whether the question was read as soon as it had come; otherwise the client waited longer than this says
 */
public record TimedAnswer(long heldNanos, long intendedNanos, boolean sure) {
    /** How late the relay itself was. */
    public long lateNanos() {
        return heldNanos - intendedNanos;
    }
}
