package org.nostrmonitor.storage;

import io.vertx.core.Future;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.nostrmonitor.storage.ReportStore.Finding;
import org.nostrmonitor.storage.ReportStore.Stored;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a batch, and knows what to do when it does not go through. */
final class ReportWriter {
    private static final Logger LOG = LoggerFactory.getLogger(ReportWriter.class);

    private static final String NO_PARTITION = "23514";
    private static final Set<String> TRY_AGAIN = Set.of("40001", "40P01");

    private final Database database;
    private final Housekeeping housekeeping;
    private final Regions regions;

    ReportWriter(Database database, Housekeeping housekeeping) {
        this.database = database;
        this.housekeeping = housekeeping;
        this.regions = new Regions(database);
    }

    /**
     * Completes with what became of each, in order: a bad row fails alone. Fails if none could be written: with
     * {@link StoreUnavailable} if that is the server's fault.
     */
    Future<List<Future<Stored>>> write(List<Finding> findings) {
        return prepare(findings)
                .compose(this::writePrepared)
                .recover(fault -> Future.failedFuture(StoreFaults.typed(fault)));
    }

    private Future<List<PreparedFinding>> prepare(List<Finding> findings) {
        return database.vertx()
                .executeBlocking(
                        () -> findings.stream().map(PreparedFinding::of).toList(), false);
    }

    private Future<List<Future<Stored>>> writePrepared(List<PreparedFinding> batch) {
        return transaction(batch)
                .map(stored -> stored.stream().map(Future::succeededFuture).toList())
                .recover(fault -> batch.size() > 1 && StoreFaults.isRowFault(fault)
                        ? oneByOne(batch)
                        : Future.failedFuture(fault));
    }

    private Future<List<Future<Stored>>> oneByOne(List<PreparedFinding> batch) {
        List<Future<Stored>> each = new ArrayList<>();
        Future<Void> done = Future.succeededFuture();
        for (PreparedFinding finding : batch) {
            done = done.compose(before -> alone(finding)).transform(result -> {
                each.add(
                        result.succeeded() ? Future.succeededFuture(result.result()) : failed(finding, result.cause()));
                return Future.succeededFuture();
            });
        }
        return done.map(each);
    }

    private Future<Stored> alone(PreparedFinding finding) {
        return transaction(List.of(finding)).map(stored -> stored.get(0));
    }

    private static Future<Stored> failed(PreparedFinding finding, Throwable fault) {
        if (!StoreFaults.isOutage(fault)) {
            LOG.warn("the report of {} cannot be stored: {}", finding.report().relay(), fault.getMessage());
        }
        return Future.failedFuture(StoreFaults.typed(fault));
    }

    private Future<List<Stored>> transaction(List<PreparedFinding> batch) {
        Supplier<Future<List<Stored>>> attempt =
                () -> numbers(batch).compose(numbers -> ReportTransaction.run(database, batch, numbers));
        return attempt.get().recover(fault -> {
            String state = StoreFaults.state(fault);
            if (state.equals(NO_PARTITION)) {
                return makePartitions(batch).compose(made -> attempt.get());
            }
            return TRY_AGAIN.contains(state) ? attempt.get() : Future.failedFuture(fault);
        });
    }

    private Future<Map<String, Short>> numbers(List<PreparedFinding> batch) {
        Map<String, Short> numbers = new HashMap<>();
        Future<Void> done = Future.succeededFuture();
        for (String region : batch.stream().map(one -> one.report().region()).collect(Collectors.toSet())) {
            done = done.compose(before -> regions.number(region)).map(number -> {
                numbers.put(region, number);
                return null;
            });
        }
        return done.map(numbers);
    }

    private Future<Void> makePartitions(List<PreparedFinding> batch) {
        Set<LocalDate> days = batch.stream()
                .map(one -> one.report().cycle().atZone(ZoneOffset.UTC).toLocalDate())
                .collect(Collectors.toSet());
        LOG.warn("the partition of a day was missing: making {}", days);
        Future<Integer> done = Future.succeededFuture(0);
        for (LocalDate day : days) {
            done = done.compose(before -> housekeeping.makePartitions(day, day));
        }
        return done.mapEmpty();
    }
}
