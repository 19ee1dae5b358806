package org.nostrmonitor.storage;

import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.Sheet.Check;
import org.nostrmonitor.storage.Timeline.Weighed;

/**
 * What is counted of a relay's last month, over all regions.
 *
 * @param through the first day that is not in {@code settled}
 * @param settled when it was up and when it was down in the 30 days before
 * @param late as it was when this was read
 * @param opened how fast it opened in each of the last 24 hours
 */
record Recent(int relayId, LocalDate through, Timeline settled, int late, OpenHours opened) {
    static final int DAYS = 30;

    private static final long HUNDREDTHS_OF_A_PERCENT = 10_000;

    static Recent of(Row row) {
        LocalDate through = row.getLocalDate("through");
        return through == null ? none(row.getInteger("relay_id")) : stored(row, through);
    }

    private static Recent stored(Row row, LocalDate through) {
        return new Recent(
                row.getInteger("relay_id"),
                through,
                Timeline.read(row.getBuffer("spans")),
                row.getInteger("late"),
                new OpenHours(row.getInteger("hour"), row.getBuffer("opened")));
    }

    /** A relay of which nothing was counted yet. */
    private static Recent none(int relayId) {
        return new Recent(relayId, LocalDate.MIN, Timeline.NOTHING, 0, OpenHours.NONE);
    }

    /** The first day whose checks have to be read to go on from here. */
    LocalDate first(LocalDate today) {
        LocalDate earliest = today.minusDays(DAYS);
        return through.isBefore(earliest) ? earliest : through;
    }

    /**
     * What is said of a relay.
     *
     * @param row what there is to store, or null if that has not changed
     * @param day hundredths of a percent of the last 24 hours; null if nothing is known of them. So {@code week} of the last
     *     seven times 24 hours, and {@code month} of the last 30 days of the calendar (UTC)
     */
    record Counted(
            int relayId,
            @Nullable Recent row,
            @Nullable Short day,
            @Nullable Short week,
            @Nullable Short month) {}

    /** @param regions the checks of each, from the day before {@link #first} on */
    Counted with(Map<Short, List<Check>> regions, Instant now) {
        LocalDate today = Sheet.day(now);
        Timeline all = settled.until(midnight(first(today)), Timeline.of(regions.values()));
        OpenHours hours = OpenHours.of(regions.values(), now);
        // The first time one day less: a result that is stored at this moment cannot yet tell that it is late.
        LocalDate settles = through.equals(LocalDate.MIN) ? today.minusDays(1) : today;
        boolean same = through.equals(settles) && opened.until(hours.newest()).equals(hours);
        Timeline kept = all.between(midnight(today.minusDays(DAYS)), midnight(settles));
        return new Counted(
                relayId,
                same ? null : new Recent(relayId, settles, kept, late, hours),
                share(all, now.minus(Duration.ofDays(1)).getEpochSecond(), now),
                share(all, now.minus(Duration.ofDays(7)).getEpochSecond(), now),
                share(all, midnight(today.minusDays(DAYS - 1L)), now));
    }

    /** Rounded down: who was never away, and nobody else, has all of it. */
    private static @Nullable Short share(Timeline timeline, long from, Instant now) {
        Weighed weighed = timeline.within(from, now.getEpochSecond());
        return weighed.known() == 0 ? null : (short) (weighed.up() * HUNDREDTHS_OF_A_PERCENT / weighed.known());
    }

    private static long midnight(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    }

    static Object[] columns(List<Recent> rows) {
        return new Object[] {
            Columns.ints(rows, Recent::relayId),
            Columns.dates(rows, Recent::through),
            Columns.bytes(rows, row -> row.settled().write()),
            Columns.ints(rows, Recent::late),
            Columns.ints(rows, row -> row.opened().newest()),
            Columns.bytes(rows, row -> row.opened().codes())
        };
    }
}
