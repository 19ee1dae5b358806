package org.nostrmonitor.http.view;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How far back a chart goes: the parameter {@code range} of a page. */
public enum PastRange {
    DAY("24h", "24 h", Duration.ofHours(24), "24 hours"),
    WEEK("7d", "7 d", Duration.ofDays(7), "7 days"),
    MONTH("30d", "30 d", Duration.ofDays(30), "30 days"),
    QUARTER("90d", "90 d", Duration.ofDays(90), "90 days"),
    YEAR("1y", "1 y", Duration.ofDays(365), "365 days");

    private final String label;
    private final String text;
    private final Duration length;
    private final String words;

    PastRange(String label, String text, Duration length, String words) {
        this.label = label;
        this.text = text;
        this.length = length;
        this.words = words;
    }

    /**
     * @param given null for the usual one
     * @throws BadParameter if it is not one of those that there are
     */
    public static PastRange of(@Nullable String given, PastRange usual, List<PastRange> there) {
        if (given == null) {
            return usual;
        }
        return there.stream()
                .filter(range -> range.label.equals(given))
                .findFirst()
                .orElseThrow(() -> new BadParameter("range", "is not one of " + labels(there)));
    }

    private static String labels(List<PastRange> there) {
        return there.stream().map(range -> range.label).collect(Collectors.joining(", "));
    }

    public Duration length() {
        return length;
    }

    /** "the last 7 days" without its article. */
    String words() {
        return words;
    }

    /** @param current whether it is the one that is shown */
    public record Link(String text, String href, boolean current) {}

    /** @param path of the page, with the fragment to come back to */
    List<Link> links(String path, String fragment, List<PastRange> there) {
        return there.stream()
                .map(range -> new Link(range.text, path + "?range=" + range.label + fragment, range == this))
                .toList();
    }
}
