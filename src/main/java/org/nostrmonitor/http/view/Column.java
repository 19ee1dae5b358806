package org.nostrmonitor.http.view;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.RelayViews.Sort;

/**
 * A column of the list, or something else that it can be sorted by.
 *
 * @param css the class of its cells
 * @param href sorts by it, or turns the order round if the list is sorted by it; null if it cannot be
 * @param order {@code ascending}, {@code descending}, or null if the list is sorted by something else
 */
public record Column(
        String name,
        String css,
        @Nullable String href,
        @Nullable String order) {

    /** The columns in the order of the table. */
    static List<Column> of(Search search) {
        return List.of(
                column(search, Sort.STATE, "State", "k-state"),
                column(search, Sort.URL, "Relay", "k-relay"),
                column(search, Sort.COUNTRY, "Place", "k-place"),
                column(search, Sort.WRITABLE, "Write", "k-write"),
                new Column("Last 24 h", "k-strip", null, null),
                new Column("Up 24 h", "k-day n", null, null),
                column(search, Sort.UPTIME, "Up 7 d", "k-week n"),
                new Column("Up 30 d", "k-month n", null, null),
                new Column("To open, 24 h", "k-spark", null, null),
                column(search, Sort.OPEN, "To open", "k-open n"),
                column(search, Sort.CHECKED, "Checked", "k-checked n"));
    }

    /** Everything that the list can be sorted by. */
    static List<Column> sorts(Search search) {
        return List.of(
                column(search, Sort.URL, "URL", ""),
                column(search, Sort.NAME, "name", ""),
                column(search, Sort.STATE, "state", ""),
                column(search, Sort.UPTIME, "uptime, 7 d", ""),
                column(search, Sort.OPEN, "time to open", ""),
                column(search, Sort.READ, "time to read", ""),
                column(search, Sort.WRITE, "time to write", ""),
                column(search, Sort.WRITABLE, "write accepted", ""),
                column(search, Sort.NETWORK, "network", ""),
                column(search, Sort.COUNTRY, "country", ""),
                column(search, Sort.ASN, "number of the network", ""),
                column(search, Sort.SOFTWARE, "software", ""),
                column(search, Sort.SINCE, "last change", ""),
                column(search, Sort.CHECKED, "last check", ""),
                column(search, Sort.ADDED, "when it was added", ""));
    }

    /** By what the list is sorted, as a clause. What is not known comes last, whichever way it goes. */
    static String sorted(Search search) {
        String by = sorts(search).stream()
                .filter(sort -> sort.order != null)
                .map(Column::name)
                .findFirst()
                .orElse(Search.label(search.sort()));
        return by + ", " + first(search.sort(), search.descending());
    }

    private static String first(Sort sort, boolean descending) {
        return switch (sort) {
            case URL, NAME, SOFTWARE, COUNTRY -> descending ? "Z to A" : "A to Z";
            case SINCE, CHECKED, ADDED -> descending ? "newest first" : "oldest first";
            case STATE -> descending ? "worst first" : "best first";
            case OPEN, READ, WRITE -> descending ? "slowest first" : "fastest first";
            case WRITABLE -> descending ? "yes first" : "no first";
            case UPTIME -> descending ? "highest first" : "lowest first";
            case NETWORK, ASN -> descending ? "last first" : "in order";
        };
    }

    private static Column column(Search search, Sort sort, String name, String css) {
        if (search.sort() != sort) {
            return new Column(
                    name, css, search.sortedBy(sort, isLargeFirst(sort)).href(), null);
        }
        String turned = search.sortedBy(sort, !search.descending()).href();
        return new Column(name, css, turned, search.descending() ? "descending" : "ascending");
    }

    /** What people look for when they sort by it. */
    private static boolean isLargeFirst(Sort sort) {
        return switch (sort) {
            case STATE, UPTIME, WRITABLE, SINCE, CHECKED, ADDED -> true;
            case URL, NAME, NETWORK, OPEN, READ, WRITE, SOFTWARE, COUNTRY, ASN -> false;
        };
    }
}
