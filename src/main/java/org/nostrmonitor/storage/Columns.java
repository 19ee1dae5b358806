package org.nostrmonitor.storage;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Between our values and those of PostgreSQL: rows turned into columns for UNNEST, times, and microseconds. */
final class Columns {
    private Columns() {}

    static <T> Object texts(List<T> rows, Function<T, ? extends @Nullable Object> column) {
        return column(rows, column, String[]::new);
    }

    static <T> Object ints(List<T> rows, Function<T, ? extends @Nullable Object> column) {
        return column(rows, column, Integer[]::new);
    }

    static <T> Object longs(List<T> rows, Function<T, ? extends @Nullable Object> column) {
        return column(rows, column, Long[]::new);
    }

    static <T> Object shorts(List<T> rows, Function<T, ? extends @Nullable Object> column) {
        return column(rows, column, Short[]::new);
    }

    static <T> Object booleans(List<T> rows, Function<T, ? extends @Nullable Object> column) {
        return column(rows, column, Boolean[]::new);
    }

    static <T> Object bytes(List<T> rows, Function<T, ? extends @Nullable Object> column) {
        return column(rows, column, Buffer[]::new);
    }

    static <T> Object times(List<T> rows, Function<T, @Nullable Instant> column) {
        return column(rows, row -> timeOrNull(column.apply(row)), OffsetDateTime[]::new);
    }

    static <T> Object dates(List<T> rows, Function<T, LocalDate> column) {
        return column(rows, column, LocalDate[]::new);
    }

    private static <T> Object column(
            List<T> rows, Function<T, ? extends @Nullable Object> column, IntFunction<Object[]> array) {
        Object[] values = array.apply(rows.size());
        for (int i = 0; i < values.length; i++) {
            values[i] = column.apply(rows.get(i));
        }
        return values;
    }

    static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable OffsetDateTime timeOrNull(@Nullable Instant instant) {
        return instant == null ? null : time(instant);
    }

    static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    /** Of a column that is NOT NULL. */
    static Instant when(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }

    /** Whole microseconds; what does not fit, 35 minutes and more, is the largest that does. */
    static @Nullable Integer micros(@Nullable Duration duration) {
        if (duration == null) {
            return null;
        }
        long micros = TimeUnit.MICROSECONDS.convert(duration);
        return (int) Math.max(0, Math.min(micros, Integer.MAX_VALUE));
    }

    static @Nullable Duration duration(Row row, String column) {
        Integer micros = row.getInteger(column);
        return micros == null ? null : Duration.ofNanos(micros * 1000L);
    }
}
