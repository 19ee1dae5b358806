package org.nostrmonitor.http.view;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.RelayViews.Sort;

/**
 * A column to sort a list by.
 *
 * @param href sorts by it, or turns the order round if the list is sorted by it
 * @param order {@code ascending}, {@code descending}, or null if the list is sorted by something else
 */
public record Column(String name, String href, @Nullable String order) {
    /** As a choice in a list: in small letters. */
    public String sortName() {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The columns in the order of the table: state, URL, open, read, checked. */
    static List<Column> of(Search search) {
        return List.of(
                column(search, Sort.STATE, "State", true),
                column(search, Sort.URL, "Relay", false),
                column(search, Sort.OPEN, "Open", false),
                column(search, Sort.READ, "Read", false),
                column(search, Sort.CHECKED, "Checked", true));
    }

    private static Column column(Search search, Sort sort, String name, boolean descendingFirst) {
        if (search.sort() != sort) {
            return new Column(name, search.sortedBy(sort, descendingFirst).href(), null);
        }
        String turned = search.sortedBy(sort, !search.descending()).href();
        return new Column(name, turned, search.descending() ? "descending" : "ascending");
    }
}
