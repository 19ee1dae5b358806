package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.PointsView.Slice;
import org.nostrmonitor.storage.RelayViews.InvalidCursor;
import org.nostrmonitor.storage.RelayViews.Uptime;

/** The history, from roll-ups, and from the checks themselves for the days that are not rolled up yet. */
public final class PgHistory implements History {
    private static final int MAX_PAGE = 200;
    private static final int MONTH_DAYS = 30;
    private static final int YEAR_DAYS = 365;

    private final Database database;
    private final InstantSource clock;
    private final PointsView points;

    public PgHistory(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        this.points = new PointsView(database, clock);
    }

    @Override
    public Future<List<Point>> points(
            RelayUrl url, @Nullable String region, Instant from, Instant to, Resolution resolution, Set<Phase> phases) {
        Instant first = first(from, to, resolution);
        return first.isBefore(to)
                ? points.read(url, region, new Slice(first, to, resolution, phases))
                : Future.succeededFuture(List.of());
    }

    /** The start of the first hour or day. */
    private static Instant first(Instant from, Instant to, Resolution resolution) {
        Instant earliest = to.minus(resolution.length().multipliedBy(resolution.most()));
        Instant wanted = from.isBefore(earliest) ? earliest : from;
        long length = resolution.length().toSeconds();
        long start = Math.floorDiv(wanted.getEpochSecond(), length) * length;
        return Instant.ofEpochSecond(wanted.equals(from) ? start : start + length);
    }

    @Override
    public Future<Incidents> incidents(RelayUrl url, @Nullable String region, @Nullable String cursor, int most) {
        IncidentCursor after;
        try {
            after = cursor == null ? null : IncidentCursor.read(cursor);
        } catch (InvalidCursor e) {
            return Future.failedFuture(e);
        }
        int wanted = Math.max(1, Math.min(most, MAX_PAGE));
        Object time = after == null ? null : Columns.time(after.beganAt());
        Long id = after == null ? null : Long.valueOf(after.id());
        return database.run(HistorySql.INCIDENTS, url.value(), region, time, id, wanted + 1)
                .map(rows -> page(rows, wanted));
    }

    private static Incidents page(Iterable<Row> rows, int wanted) {
        List<Incident> incidents = new ArrayList<>();
        String next = null;
        Row last = null;
        for (Row row : rows) {
            if (incidents.size() == wanted && last != null) {
                next = new IncidentCursor(Columns.when(last, "began_at"), last.getLong("id")).write();
                break;
            }
            incidents.add(incident(row));
            last = row;
        }
        return new Incidents(incidents, next);
    }

    private static Incident incident(Row row) {
        return new Incident(
                Codes.state(row, "state"),
                Columns.when(row, "began_at"),
                Columns.instant(row, "ended_at"),
                Codes.stage(row, "first_stage"),
                Codes.reason(row, "first_reason"),
                Codes.stage(row, "stage"),
                Codes.reason(row, "reason"));
    }

    @Override
    public Future<Uptimes> uptime(RelayUrl url) {
        return database.run(HistorySql.ROLLED_UP)
                .map(rows -> rows.iterator().next().getLocalDate("until"))
                .compose(until -> uptime(url, until));
    }

    private Future<Uptimes> uptime(RelayUrl url, LocalDate until) {
        Instant now = clock.instant();
        LocalDate today = Sheet.day(now);
        LocalDate year = today.minusDays(YEAR_DAYS - 1L);
        LocalDate month = today.minusDays(MONTH_DAYS - 1L);
        LocalDate week = today.minusDays(8);
        LocalDate fresh = until.isBefore(week) ? until : week;
        Instant sinceMonth = midnight(until.isAfter(month) ? until : month);
        Instant sinceYear = midnight(until.isAfter(year) ? until : year);
        Future<Uptimes> recent = PastChecks.read(
                database,
                url,
                null,
                fresh,
                today,
                checks -> new Uptimes(
                        up(checks.uptime(now.minus(Duration.ofDays(1)), now)),
                        up(checks.uptime(now.minus(Duration.ofDays(7)), now)),
                        up(checks.uptime(sinceMonth, now)),
                        up(checks.uptime(sinceYear, now))));
        Future<Row> old = database.run(HistorySql.UPTIMES, url.value(), year, month, until)
                .map(rows -> rows.iterator().next());
        return Future.all(recent, old)
                .map(both -> new Uptimes(
                        recent.result().day(),
                        recent.result().week(),
                        plus(old.result(), "month", recent.result().month()),
                        plus(old.result(), "year", recent.result().year())));
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static Up up(Uptime uptime) {
        return new Up(uptime.up(), uptime.known());
    }

    private static Up plus(Row old, String span, Up recent) {
        return new Up(
                recent.up().plusSeconds(old.getLong(span + "_up")),
                recent.known().plusSeconds(old.getLong(span + "_known")));
    }

    @Override
    public Future<List<NetworkPoint>> network(Instant from, Instant to, Resolution resolution) {
        String sql = resolution == Resolution.HOUR ? HistorySql.NETWORK_HOURS : HistorySql.NETWORK_DAYS;
        return database.run(sql, Columns.time(first(from, to, resolution)), Columns.time(to))
                .map(rows -> {
                    List<NetworkPoint> network = new ArrayList<>();
                    rows.forEach(row -> network.add(networkPoint(row)));
                    return network;
                });
    }

    private static NetworkPoint networkPoint(Row row) {
        return new NetworkPoint(
                Columns.when(row, "first"),
                Columns.when(row, "taken_at"),
                row.getInteger("online"),
                row.getInteger("degraded"),
                row.getInteger("offline"),
                row.getInteger("unknown"));
    }
}
