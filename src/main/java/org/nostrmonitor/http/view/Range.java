package org.nostrmonitor.http.view;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.History.Resolution;

/** How far back a chart goes, and how fine it is. */
public enum Range {
    DAY("24h", "24 h", Duration.ofHours(24), Resolution.HOUR),
    WEEK("7d", "7 d", Duration.ofDays(7), Resolution.HOUR),
    MONTH("30d", "30 d", Duration.ofDays(30), Resolution.SIX_HOURS),
    YEAR("1y", "1 y", Duration.ofDays(365), Resolution.DAY);

    private final String label;
    private final String text;
    private final Duration length;
    private final Resolution resolution;

    Range(String label, String text, Duration length, Resolution resolution) {
        this.label = label;
        this.text = text;
        this.length = length;
        this.resolution = resolution;
    }

    /** As the parameter {@code range} has it. */
    public String label() {
        return label;
    }

    /** As it is printed. */
    public String text() {
        return text;
    }

    public Duration length() {
        return length;
    }

    public Resolution resolution() {
        return resolution;
    }

    /** The start of the first hour, quarter of a day or day (UTC). */
    public Instant from(Instant now) {
        long step = resolution.length().toSeconds();
        return Instant.ofEpochSecond(Math.floorDiv(now.minus(length).getEpochSecond(), step) * step);
    }

    /**
     * The last day if it is not given.
     *
     * @throws BadParameter if it is none of the four
     */
    public static Range of(@Nullable String given) {
        if (given == null) {
            return DAY;
        }
        for (Range range : values()) {
            if (range.label.equals(given)) {
                return range;
            }
        }
        throw new BadParameter("range", "is not one of 24h, 7d, 30d and 1y");
    }
}
