package org.nostrmonitor.chaos;

import io.vertx.core.Future;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.storage.ReportStore;

/** The store, with a word on each commit and a stop on either side of it. */
final class TracedStore implements ReportStore {
    private final ReportStore store;
    private final Stops stops;

    TracedStore(ReportStore store, Stops stops) {
        this.store = store;
        this.stops = stops;
    }

    @Override
    public Future<Stored> store(Finding finding) {
        CheckReport report = finding.report();
        String id = report.cycle().getEpochSecond() + " " + report.relay().value();
        return stops.pass(Point.BEFORE_COMMIT, id)
                .compose(passed -> store.store(finding))
                .onSuccess(stored -> Trace.stored(stored.isNew(), id))
                .compose(stored -> stops.pass(Point.AFTER_COMMIT, id).map(stored));
    }
}
