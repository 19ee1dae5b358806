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

/** Rows of the read model as values. */
final class ViewRows {
    private ViewRows() {}

    /** @param row with {@link ViewSql#ITEM_COLUMNS} */
    static Item item(Row row, Drawn drawn) {
        return Listed.of(row).item(drawn);
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
