package org.nostrmonitor.consume;

import java.time.Duration;
import org.nostrmonitor.queue.QueueView;

/** Notices that jobs wait while a worker with free slots is given none. Used on one event loop. */
final class IdleWatch {
    private final QueueView view;
    private final String region;
    private final Duration patience;
    private final Duration every;
    private volatile long claimedNanos = System.nanoTime();
    private long askedNanos = System.nanoTime();
    private int waiting;

    /**
     * @param patience how long it may have got nothing
     * @param every how often it asks at most what waits
     */
    IdleWatch(QueueView view, String region, Duration patience, Duration every) {
        this.view = view;
        this.region = region;
        this.patience = patience;
        this.every = every;
    }

    void claimed() {
        claimedNanos = System.nanoTime();
        waiting = 0;
    }

    /** A claim was answered with nothing. */
    void foundNothing() {
        boolean asksAgain = since(askedNanos).compareTo(every) >= 0;
        if (sinceClaim().compareTo(patience) >= 0 && asksAgain) {
            askedNanos = System.nanoTime();
            Loop.here(view.counts(region))
                    .onComplete(counts -> waiting = counts.ready() + counts.onDemand(), gone -> waiting = 0);
        }
    }

    Duration sinceClaim() {
        return since(claimedNanos);
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    /** Jobs that somebody should be at, after nothing was claimed for so long; 0 while all is well. */
    int waiting() {
        return sinceClaim().compareTo(patience) >= 0 ? waiting : 0;
    }
}
