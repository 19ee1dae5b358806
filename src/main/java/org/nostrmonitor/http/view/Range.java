package org.nostrmonitor.http.view;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.History.Resolution;

/** How far back a chart goes: the parameter {@code range} of a page. */
public enum Range {
    DAY("24h", "24 h", Duration.ofHours(24), "24 hours", Resolution.HOUR),
    WEEK("7d", "7 d", Duration.ofDays(7), "7 days", Resolution.HOUR),
    MONTH("30d", "30 d", Duration.ofDays(30), "30 days", Resolution.SIX_HOURS),
    QUARTER("90d", "90 d", Duration.ofDays(90), "90 days", Resolution.DAY),
    YEAR("1y", "1 y", Duration.ofDays(365), "365 days", Resolution.DAY);

    /** Those of a relay's charts. */
    static final List<Range> OF_RELAYS = List.of(DAY, WEEK, MONTH, YEAR);

    private final String label;
    private final String text;
    private final Duration length;
    private final String words;
    private final Resolution resolution;

    Range(String label, String text, Duration length, String words, Resolution resolution) {
        this.label = label;
        this.text = text;
        this.length = length;
        this.words = words;
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

    /** "the last 7 days" without its article. */
    String words() {
        return words;
    }

    /** How fine a relay's chart of it is. */
    public Resolution resolution() {
        return resolution;
    }

    /** The start of the first hour, quarter of a day or day (UTC). */
    public Instant from(Instant now) {
        long step = resolution.length().toSeconds();
        return Instant.ofEpochSecond(Math.floorDiv(now.minus(length).getEpochSecond(), step) * step);
    }

    /**
     * Of a relay's charts: the last day if it is not given.
     *
     * @throws BadParameter if it is not one of those that there are
     */
    public static Range of(@Nullable String given) {
        return of(given, DAY, OF_RELAYS);
    }

    /**
     * @param given null for the usual one
     * @throws BadParameter if it is not one of those that there are
     */
    public static Range of(@Nullable String given, Range usual, List<Range> there) {
        if (given == null) {
            return usual;
        }
        return there.stream()
                .filter(range -> range.label.equals(given))
                .findFirst()
                .orElseThrow(() -> new BadParameter("range", "is not one of " + labels(there)));
    }

    private static String labels(List<Range> there) {
        return there.stream().map(range -> range.label).collect(Collectors.joining(", "));
    }

    /** @param current whether it is the one that is shown */
    public record Link(String text, String href, boolean current) {}

    /** @param path of the page, with the fragment to come back to */
    List<Link> links(String path, String fragment, List<Range> there) {
        return there.stream()
                .map(range -> new Link(range.text, path + "?range=" + range.label + fragment, range == this))
                .toList();
    }
}
