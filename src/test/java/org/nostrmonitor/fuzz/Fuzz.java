package org.nostrmonitor.fuzz;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Printable;

/**
 * Rounds of one target, each with a seed of its own that follows from the first: the seed that a failure names, given as
 * {@code -Dfuzz.seed}, makes the same input in the first round.
 */
final class Fuzz {
    static final @Nullable Long SEED = Long.getLong("fuzz.seed");

    private final Target target;
    private long rounds;
    private long read;
    private long slowestNanos;
    private long slowestSeed;

    Fuzz(Target target) {
        this.target = target;
    }

    /** @throws AssertionError for the first input that was neither read nor refused as declared */
    Fuzz run(long seed, int times) {
        for (int i = 0; i < times; i++) {
            round(seed + i);
        }
        return this;
    }

    private void round(long seed) {
        String input = new Damage(new SplittableRandom(seed), target.good(), target.isText()).input();
        long started = System.nanoTime();
        try {
            rounds++;
            read += target.reads(input) ? 1 : 0;
            slower(System.nanoTime() - started, seed);
        } catch (Exception | Error e) {
            throw new AssertionError(
                    target.name() + " with -Dfuzz.seed=" + seed + " on " + input.length() + " characters: "
                            + Printable.of(input, 1_000),
                    e);
        }
    }

    private void slower(long nanos, long seed) {
        if (nanos > slowestNanos) {
            slowestNanos = nanos;
            slowestSeed = seed;
        }
    }

    /** Of the input that took longest, in milliseconds, and the seed that makes it again. */
    String slowest() {
        return slowestNanos / 1_000_000 + " ms, seed " + slowestSeed;
    }

    Target target() {
        return target;
    }

    long rounds() {
        return rounds;
    }

    /** How many inputs were read, and not refused. */
    long read() {
        return read;
    }
}
