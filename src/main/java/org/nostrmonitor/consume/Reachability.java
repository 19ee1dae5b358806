package org.nostrmonitor.consume;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether PostgreSQL or Redis does what it is asked, as seen by all who ask. Says once that it went and once that it is back. */
final class Reachability {
    private static final Logger log = LoggerFactory.getLogger(Reachability.class);

    private final String name;
    private final List<Runnable> onReturn = new ArrayList<>();
    private volatile boolean away;
    private boolean everAway;
    private long changedNanos = System.nanoTime();

    Reachability(String name) {
        this.name = name;
    }

    /** To be run each time it is back. */
    void onReturn(Runnable work) {
        onReturn.add(work);
    }

    boolean away() {
        return away;
    }

    /** It is there, and if it was away, it has been back for so long. */
    boolean isSteady(Duration time) {
        return !away && (!everAway || since().compareTo(time) >= 0);
    }

    private Duration since() {
        return Duration.ofNanos(System.nanoTime() - changedNanos);
    }

    void answered() {
        if (away) {
            log.info("{} is back after {} s", name, since().toSeconds());
            away = false;
            changedNanos = System.nanoTime();
            onReturn.forEach(Runnable::run);
        }
    }

    void failed(Throwable fault) {
        if (!away) {
            log.warn("{} does not answer: {}", name, fault.toString());
            away = true;
            everAway = true;
            changedNanos = System.nanoTime();
        }
    }
}
