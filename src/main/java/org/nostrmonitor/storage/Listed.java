package org.nostrmonitor.storage;

import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.PlainText;
import org.nostrmonitor.relay.Network;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Stage;
import org.nostrmonitor.storage.RelayViews.Item;
import org.nostrmonitor.storage.Strips.Drawn;
import org.nostrmonitor.storage.Traits.Shares;

/**
 * A row of {@code relay_summary}, narrow: a hundred thousand of them are held and looked through for each list. Times of the
 * calendar are microseconds since 1970, durations microseconds, shares hundredths of a percent; {@link #NONE} is what is not
 * known.
 *
 * @param where whether it is in the list: see the constants
 * @param search what is searched for words: URL, name, software and contact in small letters
 * @param lat NaN if not known, and so {@code lon}
 */
record Listed(
        int id,
        int where,
        String url,
        Network network,
        RelayState state,
        long since,
        long checkedAt,
        @Nullable Stage stage,
        @Nullable Reason reason,
        long open,
        long read,
        long write,
        @Nullable Boolean writable,
        @Nullable String name,
        @Nullable String software,
        long addedAt,
        @Nullable String country,
        long asn,
        @Nullable Boolean auth,
        @Nullable Boolean payment,
        @Nullable Boolean pow,
        @Nullable Boolean restricted,
        long upDay,
        long upWeek,
        long upMonth,
        @Nullable String contact,
        List<Integer> nips,
        List<String> tags,
        float lat,
        float lon,
        String search) {
    static final long NONE = -1;

    /** Of {@code where}: it is not checked; it is a relay; its URL leads to a relay with another URL. */
    static final int DISABLED = 0;

    static final int RELAY = 1;
    static final int ALIAS = 2;

    private static final int SOFTWARE_LENGTH = 200;
    private static final double HUNDREDTHS_OF_A_PERCENT = 10_000;

    /** @param row with {@link ViewSql#ITEM_COLUMNS} */
    static Listed of(Row row) {
        String url = row.getString("url");
        String search = row.getString("search");
        return new Listed(
                row.getInteger("relay_id"),
                row.getShort("listed"),
                url,
                Codes.network(row),
                Codes.state(row, "state"),
                micros(Columns.when(row, "since")),
                micros(Columns.instant(row, "checked_at")),
                Codes.stage(row, "stage"),
                Codes.reason(row, "reason"),
                number(row.getInteger("open_us")),
                number(row.getInteger("read_us")),
                number(row.getInteger("write_us")),
                row.getBoolean("writable"),
                row.getString("name"),
                row.getString("software"),
                micros(Columns.when(row, "added_at")),
                row.getString("country"),
                number(row.getLong("asn")),
                row.getBoolean("auth"),
                row.getBoolean("payment"),
                row.getBoolean("pow"),
                row.getBoolean("restricted"),
                number(row.getShort("uptime_day")),
                number(row.getShort("uptime")),
                number(row.getShort("uptime_month")),
                row.getString("contact"),
                List.of(row.getArrayOfIntegers("nips")),
                List.of(row.getArrayOfStrings("tags")),
                degrees(row.getFloat("lat")),
                degrees(row.getFloat("lon")),
                // Most have no document, and so no other word: one text is enough.
                search.equals(url) ? url : search);
    }

    private static long number(@Nullable Number value) {
        return value == null ? NONE : value.longValue();
    }

    private static long micros(@Nullable Instant time) {
        return time == null ? NONE : ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    private static float degrees(@Nullable Float value) {
        return value == null ? Float.NaN : value;
    }

    /** The same as a row of a page. */
    Item item(Drawn drawn) {
        return new Item(
                RelayUrl.of(url),
                state,
                time(since),
                checkedAt == NONE ? null : time(checkedAt),
                stage,
                reason,
                duration(open),
                duration(read),
                duration(write),
                writable,
                name,
                software,
                drawn.strip(),
                drawn.spark(),
                new Traits(
                        time(addedAt),
                        country,
                        asn == NONE ? null : asn,
                        auth,
                        payment,
                        pow,
                        restricted,
                        new Shares(share(upDay), share(upWeek), share(upMonth)),
                        contact,
                        nips,
                        tags));
    }

    /** As long as names of software are told, and asked for. */
    @Nullable
    String toldSoftware() {
        return software == null ? null : PlainText.storable(software, SOFTWARE_LENGTH);
    }

    private static Instant time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static @Nullable Duration duration(long micros) {
        return micros == NONE ? null : Duration.ofNanos(micros * 1_000);
    }

    private static @Nullable Double share(long hundredths) {
        return hundredths == NONE ? null : hundredths / HUNDREDTHS_OF_A_PERCENT;
    }
}
