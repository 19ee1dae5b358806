package org.nostrmonitor.chaos;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Asks a database, however often it is asked itself, only a few times a second; in between, no. */
final class Sometimes implements BooleanSupplier {
    private static final long EVERY_NANOS = Duration.ofMillis(250).toNanos();

    private final BooleanSupplier question;
    private long next = System.nanoTime();

    Sometimes(BooleanSupplier question) {
        this.question = question;
    }

    @Override
    public boolean getAsBoolean() {
        long now = System.nanoTime();
        if (now - next < 0) {
            return false;
        }
        boolean answer = question.getAsBoolean();
        next = System.nanoTime() + EVERY_NANOS;
        return answer;
    }
}
