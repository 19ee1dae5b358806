package org.nostrmonitor.probe;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.nostrmonitor.nostr.EventTemplate;
import org.nostrmonitor.nostr.ProofOfWork;

/** Mines proof of work (NIP-13) on one worker thread for all probers of the process, one event at a time. */
final class Miner {
    /** A million hashes on average, less than a second. With more it would be chance whether they are found in time. */
    static final int MOST_BITS = 20;

    private static final Duration MOST_TIME = Duration.ofSeconds(2);
    private static final String NAME = "proof-of-work";
    private static final long WARN_AFTER_SECONDS = 10;

    private final ContextInternal context;
    private final WorkerExecutor worker;

    Miner(ContextInternal context) {
        this.context = context;
        this.worker = context.owner().createSharedWorkerExecutor(NAME, 1, WARN_AFTER_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Completes on the event loop with the template and its nonce; empty if none was found in two seconds, or if the deadline
     * passed, be it while others were mined.
     */
    Future<Optional<EventTemplate>> mine(EventTemplate template, String author, int bits, Deadline deadline) {
        Promise<Optional<EventTemplate>> promise = context.promise();
        worker.executeBlocking(() -> work(template, author, bits, deadline)).onComplete(promise);
        return promise.future();
    }

    private static Optional<EventTemplate> work(EventTemplate template, String author, int bits, Deadline deadline) {
        Deadline end = deadline.atMost(MOST_TIME);
        return ProofOfWork.mine(template, author, bits, () -> end.left().isZero());
    }

    Future<Void> close() {
        return worker.close();
    }
}
