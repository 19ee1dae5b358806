package org.nostrmonitor.storage;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.Family.Kin;
import org.nostrmonitor.storage.RelayViews.Item;
import org.nostrmonitor.storage.RelayViews.Result;
import org.nostrmonitor.storage.Strips.Drawn;
import org.nostrmonitor.storage.Traits.Shares;

/** Rows of the read model as values. */
final class ViewRows {
    private static final double HUNDREDTHS_OF_A_PERCENT = 10_000;

    private ViewRows() {}

    static Item item(Row row, Drawn drawn) {
        return new Item(
                RelayUrl.of(row.getString("url")),
                Codes.state(row, "state"),
                Columns.when(row, "since"),
                Columns.instant(row, "checked_at"),
                Codes.stage(row, "stage"),
                Codes.reason(row, "reason"),
                Columns.duration(row, "open_us"),
                Columns.duration(row, "read_us"),
                Columns.duration(row, "write_us"),
                row.getBoolean("writable"),
                row.getString("name"),
                row.getString("software"),
                drawn.strip(),
                drawn.spark(),
                traits(row));
    }

    private static Traits traits(Row row) {
        return new Traits(
                Columns.when(row, "added_at"),
                row.getString("country"),
                row.getLong("asn"),
                row.getBoolean("auth"),
                row.getBoolean("payment"),
                row.getBoolean("pow"),
                row.getBoolean("restricted"),
                new Shares(share(row, "uptime_day"), share(row, "uptime"), share(row, "uptime_month")),
                row.getString("contact"),
                List.of(row.getArrayOfIntegers("nips")),
                List.of(row.getArrayOfStrings("tags")));
    }

    private static @Nullable Double share(Row row, String column) {
        Short share = row.getShort(column);
        return share == null ? null : share / HUNDREDTHS_OF_A_PERCENT;
    }

    static Family family(RowSet<Row> of, RowSet<Row> aliases) {
        List<Kin> kin = new ArrayList<>();
        aliases.forEach(row -> kin.add(kin(row)));
        Iterator<Row> head = of.iterator();
        int total = kin.isEmpty() ? 0 : aliases.iterator().next().getInteger("total");
        return new Family(head.hasNext() ? kin(head.next()) : null, kin, total);
    }

    private static Kin kin(Row row) {
        return new Kin(RelayUrl.of(row.getString("url")), row.getString("alias_why"), Columns.when(row, "alias_since"));
    }

    /** Times that say nothing are left out: how long a check took to fail is no round trip. */
    static Result result(Row row) {
        return new Result(
                row.getString("name"),
                Columns.when(row, "cycle"),
                Columns.when(row, "checked_at"),
                Codes.state(row, "state"),
                Codes.stage(row, "open_stage"),
                Codes.reason(row, "open_reason"),
                Codes.reason(row, "read_reason"),
                Codes.reason(row, "write_reason"),
                Codes.reason(row, "nip11_reason"),
                Columns.duration(row, "dns_us"),
                open(row),
                Codes.isAnswer(row.getShort("read_reason")) ? Columns.duration(row, "read_us") : null,
                passed(row, "write_reason") ? Columns.duration(row, "write_us") : null);
    }

    private static boolean passed(Row row, String column) {
        Short outcome = row.getShort(column);
        return outcome != null && outcome == Codes.PASSED;
    }

    /** As {@link org.nostrmonitor.relay.CheckReport#rttOpen}. A time of TLS that is missing was withheld, and with it the whole. */
    private static @Nullable Duration open(Row row) {
        Duration tcp = Columns.duration(row, "tcp_us");
        Duration upgrade = Columns.duration(row, "upgrade_us");
        if (!passed(row, "open_reason") || tcp == null || upgrade == null) {
            return null;
        }
        Duration tls = Columns.duration(row, "tls_us");
        if (tls == null) {
            return row.getBoolean("secure") ? null : tcp.plus(upgrade);
        }
        return tcp.plus(tls).plus(upgrade);
    }
}
