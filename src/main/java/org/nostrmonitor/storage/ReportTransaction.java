package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.storage.ReportStore.Stored;
import org.nostrmonitor.wire.KnownJson;

/** Stores a batch of findings, each of another relay, in one transaction: all of them or, if it fails, none. */
final class ReportTransaction {
    private final Vertx vertx;
    private final SqlConnection connection;
    private final List<PreparedFinding> batch;
    private final Map<String, Short> regions;
    private final Set<Integer> aliases = new HashSet<>();

    private ReportTransaction(
            Vertx vertx, SqlConnection connection, List<PreparedFinding> batch, Map<String, Short> regions) {
        this.vertx = vertx;
        this.connection = connection;
        this.batch = batch;
        this.regions = regions;
    }

    /** Completes with what became of each, in the order of the batch. */
    static Future<List<Stored>> run(Database database, List<PreparedFinding> batch, Map<String, Short> regions) {
        return database.transaction(
                connection -> new ReportTransaction(database.vertx(), connection, batch, regions).run());
    }

    private Future<List<Stored>> run() {
        return knownRelays()
                .compose(this::rows)
                .compose(rows -> results(rows)
                        .compose(inserted ->
                                consequences(rows, inserted).map(events -> stored(rows, inserted, events))));
    }

    private Future<Map<String, Integer>> knownRelays() {
        return Database.run(
                        connection,
                        ReportSql.LOCK,
                        Columns.texts(batch, finding -> finding.report().relay().value()))
                .map(rows -> {
                    Map<String, Integer> ids = new HashMap<>();
                    rows.forEach(row -> {
                        ids.put(row.getString("url"), row.getInteger("id"));
                        if (row.getBoolean("alias")) {
                            aliases.add(row.getInteger("id"));
                        }
                    });
                    return ids;
                });
    }

    /** A relay that was deleted since its job was planned has no row. */
    private Future<List<ReportRow>> rows(Map<String, Integer> ids) {
        List<PreparedFinding> known = batch.stream()
                .filter(finding -> ids.containsKey(finding.report().relay().value()))
                .toList();
        return Database.run(
                        connection,
                        ReportSql.STANDINGS,
                        Columns.ints(known, finding -> id(ids, finding)),
                        Columns.shorts(known, this::region))
                .map(ReportTransaction::standings)
                .map(standings -> known.stream()
                        .map(finding -> row(finding, id(ids, finding), standings))
                        .toList());
    }

    private ReportRow row(PreparedFinding finding, int id, Map<Integer, Standing> standings) {
        return ReportRow.of(id, region(finding), finding, standings.get(id));
    }

    private static int id(Map<String, Integer> ids, PreparedFinding finding) {
        Integer id = ids.get(finding.report().relay().value());
        return id == null ? 0 : id;
    }

    private short region(PreparedFinding finding) {
        Short region = regions.get(finding.report().region());
        if (region == null) {
            throw new IllegalStateException("a region without a number");
        }
        return region;
    }

    private static Map<Integer, Standing> standings(RowSet<Row> rows) {
        Map<Integer, Standing> standings = new HashMap<>();
        rows.forEach(row -> standings.put(row.getInteger("relay_id"), standing(row)));
        return standings;
    }

    private static Standing standing(Row row) {
        Duration writeTook = Columns.duration(row, "write_us");
        return new Standing(
                Codes.state(row, "state"),
                Columns.when(row, "since"),
                Columns.when(row, "checked_at"),
                Columns.instant(row, "online_at"),
                Columns.instant(row, "read_passed_at"),
                new Standing.Tested(
                        Columns.instant(row, "write_tested_at"),
                        row.getShort("write_reason"),
                        Columns.instant(row, "write_passed_at")),
                writeTook,
                new Standing.Tested(
                        Columns.instant(row, "nip11_tested_at"),
                        row.getShort("nip11_reason"),
                        Columns.instant(row, "nip11_passed_at")),
                KnownJson.read(new JsonObject(row.getString("known"))),
                Columns.instant(row, "capabilities_tested_at"));
    }

    private Future<Set<Integer>> results(List<ReportRow> rows) {
        return Database.run(connection, ReportSql.RESULTS, ReportRow.resultColumns(rows))
                .map(ReportTransaction::ids);
    }

    /** Only of results that are new. Completes with the relays whose event was stored. */
    private Future<Set<Integer>> consequences(List<ReportRow> rows, Set<Integer> inserted) {
        List<ReportRow> fresh =
                rows.stream().filter(row -> inserted.contains(row.relayId())).toList();
        List<ReportRow> moved =
                fresh.stream().filter(row -> row.current() != null).toList();
        return documents(moved)
                .compose(done -> current(moved))
                .compose(done -> summaries(moved))
                .compose(done -> HistoryWrites.of(connection, fresh, moved))
                .compose(done -> events(fresh));
    }

    private Future<Void> documents(List<ReportRow> rows) {
        List<PreparedFinding.Document> documents = new ArrayList<>();
        for (ReportRow row : rows) {
            PreparedFinding.Document document = row.finding().document();
            if (document != null) {
                documents.add(document);
            }
        }
        return documents.isEmpty()
                ? Future.succeededFuture()
                : Database.run(
                                connection,
                                ReportSql.DOCUMENTS,
                                Columns.bytes(documents, PreparedFinding.Document::hash),
                                Columns.texts(documents, PreparedFinding.Document::body),
                                Columns.texts(documents, PreparedFinding.Document::name),
                                Columns.texts(documents, PreparedFinding.Document::software),
                                Columns.texts(documents, PreparedFinding.Document::contact),
                                Columns.texts(documents, PreparedFinding.Document::nips),
                                Columns.texts(documents, PreparedFinding.Document::tags),
                                Columns.booleans(
                                        documents, document -> document.claims().authRequired()),
                                Columns.booleans(
                                        documents, document -> document.claims().paymentRequired()),
                                Columns.booleans(documents, PreparedFinding.Document::claimsWork),
                                Columns.booleans(
                                        documents, document -> document.claims().restrictedWrites()))
                        .mapEmpty();
    }

    private Future<Void> current(List<ReportRow> moved) {
        return moved.isEmpty()
                ? Future.succeededFuture()
                : Database.run(connection, ReportSql.CURRENT, CurrentColumns.of(moved))
                        .mapEmpty();
    }

    private Future<Void> summaries(List<ReportRow> moved) {
        return moved.isEmpty()
                ? Future.succeededFuture()
                : Database.run(connection, ReportSql.SUMMARIES, Columns.ints(moved, ReportRow::relayId))
                        .mapEmpty();
    }

    /** Of an alias nothing is said: its relay is told of under its own URL, and what was said before expires. */
    private Future<Set<Integer>> events(List<ReportRow> fresh) {
        List<ReportRow> rows = fresh.stream()
                .filter(row -> row.finding().maker() != null && !aliases.contains(row.relayId()))
                .toList();
        return rows.isEmpty()
                ? Future.succeededFuture(Set.of())
                : vertx.executeBlocking(() -> signed(rows), false).compose(this::storeEvents);
    }

    private static List<Discovery> signed(List<ReportRow> rows) {
        return rows.stream().map(Discovery::of).filter(Objects::nonNull).toList();
    }

    private Future<Set<Integer>> storeEvents(List<Discovery> events) {
        return events.isEmpty()
                ? Future.succeededFuture(Set.of())
                : Database.run(connection, ReportSql.EVENTS, ReportRow.eventColumns(events))
                        .map(ReportTransaction::ids);
    }

    private List<Stored> stored(List<ReportRow> rows, Set<Integer> inserted, Set<Integer> events) {
        Map<String, ReportRow> byRelay = new HashMap<>();
        rows.forEach(row -> byRelay.put(row.report().relay().value(), row));
        return batch.stream()
                .map(finding -> stored(byRelay.get(finding.report().relay().value()), inserted, events))
                .toList();
    }

    private static Stored stored(@Nullable ReportRow row, Set<Integer> inserted, Set<Integer> events) {
        if (row == null) {
            return Stored.UNKNOWN_RELAY;
        }
        boolean isNew = inserted.contains(row.relayId());
        RelayState state = row.stateNow(isNew);
        return new Stored(isNew, state, events.contains(row.relayId()));
    }

    private static Set<Integer> ids(RowSet<Row> rows) {
        Set<Integer> ids = new HashSet<>();
        rows.forEach(row -> ids.add(row.getInteger("relay_id")));
        return ids;
    }
}
