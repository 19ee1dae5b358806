package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
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
import org.nostrmonitor.storage.Strips.Drawn;
import org.nostrmonitor.wire.KnownJson;
import org.nostrmonitor.wire.ReportJson;

/** All that is known of one relay. */
final class DetailView {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration WEEK = Duration.ofDays(7);

    private final Database database;
    private final Strips strips;
    private final InstantSource clock;

    DetailView(Database database, Strips strips, InstantSource clock) {
        this.database = database;
        this.strips = strips;
        this.clock = clock;
    }

    private record Uptimes(Uptime day, Uptime week, Map<Short, Uptime> dayByRegion) {
        static Uptimes of(PastChecks checks, Instant now) {
            Instant dayAgo = now.minus(DAY);
            Map<Short, Uptime> byRegion = new HashMap<>();
            checks.byRegion().keySet().forEach(region -> byRegion.put(region, checks.uptime(region, dayAgo, now)));
            return new Uptimes(checks.uptime(dayAgo, now), checks.uptime(now.minus(WEEK), now), byRegion);
        }
    }

    Future<@Nullable Detail> read(RelayUrl url) {
        return database.run(ViewSql.ONE, url.value()).compose(rows -> {
            Iterator<Row> row = rows.iterator();
            return row.hasNext() ? read(row.next()) : Future.succeededFuture();
        });
    }

    private Future<@Nullable Detail> read(Row relay) {
        int id = relay.getInteger("relay_id");
        RelayUrl url = RelayUrl.of(relay.getString("url"));
        Instant now = clock.instant();
        Future<Map<Integer, Drawn>> strip = strips.ofRelays(List.of(id));
        Future<Map<Integer, Drawn>> regionStrips = strips.ofRegions(id);
        LocalDate weekAgo = Sheet.day(now.minus(WEEK));
        Future<Uptimes> uptimes =
                PastChecks.read(database, url, null, weekAgo, Sheet.day(now), checks -> Uptimes.of(checks, now));
        Future<RowSet<Row>> regions = database.run(ViewSql.REGIONS, id);
        return Future.all(strip, regionStrips, uptimes, regions)
                .compose(all -> database.elsewhere(() -> detail(
                        relay,
                        Strips.of(strip.result(), id),
                        regions.result(),
                        regionStrips.result(),
                        uptimes.result())));
    }

    private static Detail detail(
            Row relay, Drawn drawn, RowSet<Row> regions, Map<Integer, Drawn> regionStrips, Uptimes uptimes) {
        List<Seen> seen = new ArrayList<>();
        Instant lastUp = null;
        String document = null;
        Instant documentSeenAt = null;
        for (Row row : regions) {
            short region = row.getShort("region");
            Uptime day = uptimes.dayByRegion.getOrDefault(region, Uptime.NOTHING);
            seen.add(seen(row, Strips.of(regionStrips, region).strip(), day));
            lastUp = OverviewView.later(lastUp, Columns.instant(row, "online_at"));
            Instant documentAt = Columns.instant(row, "nip11_passed_at");
            if (row.getString("body") != null && documentAt != null && isLater(documentAt, documentSeenAt)) {
                document = row.getString("body");
                documentSeenAt = documentAt;
            }
        }
        return new Detail(
                ViewRows.item(relay, drawn),
                relay.getBoolean("enabled"),
                relay.getBoolean("first"),
                Columns.instant(relay, "opted_out_at"),
                relay.getString("opted_out_why"),
                Columns.when(relay, "added_at"),
                relay.getString("source"),
                lastUp,
                uptimes.day,
                uptimes.week,
                seen,
                document,
                documentSeenAt);
    }

    private static boolean isLater(Instant one, @Nullable Instant other) {
        return other == null || one.isAfter(other);
    }

    private static Seen seen(Row row, String strip, Uptime day) {
        return new Seen(
                row.getString("name"),
                Codes.state(row, "state"),
                Columns.when(row, "since"),
                ReportJson.read(new JsonObject(row.getString("report"))),
                strip,
                day,
                KnownJson.read(new JsonObject(row.getString("known"))));
    }
}
