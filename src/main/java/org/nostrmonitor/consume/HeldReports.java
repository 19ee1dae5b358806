package org.nostrmonitor.consume;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.nostrmonitor.storage.ReportStore;
import org.nostrmonitor.storage.ReportStore.Finding;
import org.nostrmonitor.storage.ReportStore.Stored;

/** What was found, from the end of the probe until it is stored: held while PostgreSQL is away. Used on one event loop. */
final class HeldReports {
    /** The outcomes with their evidence, and the tags. */
    private static final long BYTES_WITHOUT_DOCUMENT = 2_000;

    private static final Duration UNTIL_IT_IS_STORED = Duration.ofDays(365);

    private final ReportStore store;
    private final PatientCalls calls;
    private final Room room;
    private final AtomicInteger count = new AtomicInteger();

    HeldReports(ReportStore store, PatientCalls calls, Room room) {
        this.store = store;
        this.calls = calls;
        this.room = room;
    }

    /**
     * Completes when the finding is committed, however long PostgreSQL is away. Fails with {@link NoRoom} if no more can be
     * held, with {@link org.nostrmonitor.storage.StoreUnavailable} if it was still away when the worker stopped, else for
     * what is wrong with this finding.
     */
    Future<Stored> store(Finding finding) {
        long bytes = bytes(finding);
        if (!room.take(bytes)) {
            return Future.failedFuture(new NoRoom());
        }
        count.incrementAndGet();
        return calls.make(() -> store.store(finding), UNTIL_IT_IS_STORED).onComplete(ended -> {
            room.give(bytes);
            count.decrementAndGet();
        });
    }

    int count() {
        return count.get();
    }

    void stop() {
        calls.stop();
    }

    private static long bytes(Finding finding) {
        String document = finding.report().document();
        return BYTES_WITHOUT_DOCUMENT + (document == null ? 0 : document.length());
    }

    /** So many reports are held that this one was let go: its job has to be done again. */
    static final class NoRoom extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoRoom() {
            super("PostgreSQL takes no reports, and no more can be held", null, false, false);
        }
    }
}
