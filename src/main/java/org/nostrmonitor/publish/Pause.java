package org.nostrmonitor.publish;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;

/** A time in which nothing is sent to a target. One that has begun is not prolonged. */
final class Pause {
    private final Vertx vertx;
    private final InstantSource clock;
    private final TargetFigures figures;
    private final Runnable onEnd;
    private long timer = -1;
    private boolean on;
    private boolean over;

    Pause(Surroundings around, TargetFigures figures, Runnable onEnd) {
        this.vertx = around.vertx();
        this.clock = around.clock();
        this.figures = figures;
        this.onEnd = onEnd;
    }

    boolean isOn() {
        return on;
    }

    void begin(Duration wait) {
        if (on || over) {
            return;
        }
        on = true;
        figures.waiting(clock.instant().plus(wait));
        timer = vertx.setTimer(wait.toMillis(), now -> {
            on = false;
            figures.waited();
            onEnd.run();
        });
    }

    /** None begins any more, and one that has begun ends without a word. */
    void endForEver() {
        over = true;
        vertx.cancelTimer(timer);
    }
}
