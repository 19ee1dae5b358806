package org.nostrmonitor.simulator;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a timed relay did in one WebSocket. An answer is known here a moment after the client has it. From any thread. */
public final class TimedVisit {
    private volatile @Nullable TimedAnswer upgrade;
    private volatile @Nullable TimedAnswer read;
    private volatile @Nullable TimedAnswer write;

    /** What is kept back. */
    enum Question {
        UPGRADE,
        READ,
        WRITE
    }

    TimedVisit() {}

    /** The 101, with the relay's turns of the TLS handshake before it. */
    public Optional<TimedAnswer> upgrade() {
        return Optional.ofNullable(upgrade);
    }

    /** The answer to the first REQ. */
    public Optional<TimedAnswer> read() {
        return Optional.ofNullable(read);
    }

    /** The answer to the first EVENT. */
    public Optional<TimedAnswer> write() {
        return Optional.ofNullable(write);
    }

    void answered(Question question, TimedAnswer answer) {
        switch (question) {
            case UPGRADE -> upgrade = answer;
            case READ -> read = answer;
            case WRITE -> write = answer;
        }
    }
}
