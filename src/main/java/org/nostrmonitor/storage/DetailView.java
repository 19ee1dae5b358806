package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.RelayViews.Detail;
import org.nostrmonitor.storage.RelayViews.Seen;
import org.nostrmonitor.storage.RelayViews.Uptime;
import org.nostrmonitor.wire.KnownJson;
import org.nostrmonitor.wire.ReportJson;

/** All that is known of one relay. */
final class DetailView {
    private static final Uptime NOTHING = new Uptime(0, 0);

    private final Database database;
    private final Strips strips;
    private final InstantSource clock;

    DetailView(Database database, Strips strips, InstantSource clock) {
        this.database = database;
        this.strips = strips;
        this.clock = clock;
    }

    Future<@Nullable Detail> read(RelayUrl url) {
        return database.run(ViewSql.ONE, url.value()).compose(rows -> {
            Iterator<Row> row = rows.iterator();
            return row.hasNext() ? read(row.next()) : Future.succeededFuture();
        });
    }

    private Future<@Nullable Detail> read(Row relay) {
        int id = relay.getInteger("relay_id");
        Instant now = clock.instant();
        Object dayAgo = Columns.time(now.minus(Duration.ofDays(1)));
        Object weekAgo = Columns.time(now.minus(Duration.ofDays(7)));
        Future<Map<Integer, String>> strip = strips.ofRelays(List.of(id));
        Future<Map<Integer, String>> regionStrips = strips.ofRegions(id);
        Future<Map<Integer, Uptimes>> uptimes =
                database.run(ViewSql.UPTIMES, id, dayAgo, weekAgo).map(DetailView::uptimes);
        Future<RowSet<Row>> regions = database.run(ViewSql.REGIONS, id);
        return Future.all(strip, regionStrips, uptimes, regions)
                .map(all -> detail(
                        relay,
                        Strips.of(strip.result(), id),
                        regions.result(),
                        regionStrips.result(),
                        uptimes.result()));
    }

    private static Detail detail(
            Row relay,
            String strip,
            RowSet<Row> regions,
            Map<Integer, String> regionStrips,
            Map<Integer, Uptimes> uptimes) {
        List<Seen> seen = new ArrayList<>();
        Instant lastUp = null;
        String document = null;
        Instant documentSeenAt = null;
        for (Row row : regions) {
            int region = row.getShort("region");
            seen.add(seen(row, Strips.of(regionStrips, region), uptimes.getOrDefault(region, Uptimes.NONE)));
            lastUp = OverviewView.later(lastUp, Columns.instant(row, "online_at"));
            Instant documentAt = Columns.instant(row, "nip11_passed_at");
            if (row.getString("body") != null && documentAt != null && isLater(documentAt, documentSeenAt)) {
                document = row.getString("body");
                documentSeenAt = documentAt;
            }
        }
        Uptimes together = uptimes.values().stream().reduce(Uptimes.NONE, Uptimes::plus);
        return new Detail(
                ViewRows.item(relay, strip),
                relay.getBoolean("enabled"),
                relay.getBoolean("first"),
                Columns.instant(relay, "opted_out_at"),
                relay.getString("opted_out_why"),
                Columns.when(relay, "added_at"),
                relay.getString("source"),
                lastUp,
                together.day,
                together.week,
                seen,
                document,
                documentSeenAt);
    }

    private static boolean isLater(Instant one, @Nullable Instant other) {
        return other == null || one.isAfter(other);
    }

    private static Seen seen(Row row, String strip, Uptimes uptimes) {
        return new Seen(
                row.getString("name"),
                Codes.state(row, "state"),
                Columns.when(row, "since"),
                ReportJson.read(new JsonObject(row.getString("report"))),
                strip,
                uptimes.day,
                KnownJson.read(new JsonObject(row.getString("known"))));
    }

    private record Uptimes(Uptime day, Uptime week) {
        static final Uptimes NONE = new Uptimes(NOTHING, NOTHING);

        Uptimes plus(Uptimes other) {
            return new Uptimes(plus(day, other.day), plus(week, other.week));
        }

        private static Uptime plus(Uptime one, Uptime other) {
            return new Uptime(one.answered() + other.answered(), one.made() + other.made());
        }
    }

    private static Map<Integer, Uptimes> uptimes(RowSet<Row> rows) {
        Map<Integer, Uptimes> uptimes = new HashMap<>();
        rows.forEach(row -> uptimes.put(
                (int) row.getShort("region"),
                new Uptimes(
                        new Uptime(row.getInteger("day_up"), row.getInteger("day_made")),
                        new Uptime(row.getInteger("week_up"), row.getInteger("week_made")))));
        return uptimes;
    }
}
