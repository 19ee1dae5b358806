package org.nostrmonitor.storage;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.storage.History.Checks;
import org.nostrmonitor.storage.History.Phase;
import org.nostrmonitor.storage.History.Point;
import org.nostrmonitor.storage.History.Times;
import org.nostrmonitor.storage.Sheet.Check;
import org.nostrmonitor.storage.Timeline.Weighed;

/** What the checks of an hour or a day add up to. */
final class Figures {
    private static final Phase[] PHASES = Phase.values();

    private static final Histogram NONE = new Histogram();

    private final int[] states = new int[RelayState.values().length];

    /** By the place of the phase; null for one whose times nobody wants. */
    private final @Nullable Histogram[] times = new Histogram[PHASES.length];

    /** With the times of all phases. */
    Figures() {
        this(EnumSet.allOf(Phase.class));
    }

    /** @param phases whose times are wanted: they are most of the work */
    Figures(Set<Phase> phases) {
        phases.forEach(phase -> times[phase.place()] = new Histogram());
    }

    void add(Check check) {
        states[check.state().code()]++;
        for (Phase phase : PHASES) {
            Histogram wanted = times[phase.place()];
            if (wanted != null) {
                wanted.add(check.time(phase));
            }
        }
    }

    void add(Checks checks) {
        states[RelayState.ONLINE.code()] += checks.online();
        states[RelayState.DEGRADED.code()] += checks.degraded();
        states[RelayState.OFFLINE.code()] += checks.offline();
        states[RelayState.UNKNOWN.code()] += checks.unknown();
    }

    /** Adds what {@link #times()} gave. */
    void addTimes(Buffer stored) {
        if (stored.length() > 0) {
            ByteBuffer bytes = ByteBuffer.wrap(stored.getBytes());
            for (Histogram wanted : times) {
                if (wanted == null) {
                    Histogram.skip(bytes);
                } else {
                    wanted.read(bytes);
                }
            }
        }
    }

    Checks checks() {
        return new Checks(
                states[RelayState.ONLINE.code()],
                states[RelayState.DEGRADED.code()],
                states[RelayState.OFFLINE.code()],
                states[RelayState.UNKNOWN.code()]);
    }

    /** The histograms of all phases, one after another; one that nobody wanted is empty. */
    Buffer times() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Histogram one : times) {
            (one == null ? NONE : one).write(bytes);
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    Point point(Instant from, Weighed weighed) {
        Map<Phase, Times> measured = new EnumMap<>(Phase.class);
        for (Phase phase : PHASES) {
            Histogram wanted = times[phase.place()];
            @Nullable Times found = wanted == null ? null : wanted.times();
            if (found != null) {
                measured.put(phase, found);
            }
        }
        return new Point(
                from, checks(), Duration.ofSeconds(weighed.up()), Duration.ofSeconds(weighed.known()), measured);
    }
}
