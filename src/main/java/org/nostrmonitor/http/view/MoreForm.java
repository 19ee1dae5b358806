package org.nostrmonitor.http.view;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.http.view.SearchUrl.Pair;
import org.nostrmonitor.storage.Narrowing;

/**
 * The conditions that are typed, as they stand in the fields of a form. NIPs and tags are added to those that are set.
 *
 * @param kept what the form carries along
 */
public record MoreForm(
        List<Pair> kept,
        String near,
        String km,
        String country,
        String asn,
        String software,
        String openMs,
        String addedSince,
        @Nullable Boolean pow,
        @Nullable Boolean restricted) {
    private static final int DAY = "2026-11-22".length();

    private static final Set<String> FIELDS =
            Set.of("near", "km", "country", "asn", "software", "openMs", "addedSince", "pow", "restricted");

    static MoreForm of(Search search) {
        Narrowing more = search.more();
        return new MoreForm(
                search.url().without(SearchUrl.CURSOR).pairs().stream()
                        .filter(pair -> !FIELDS.contains(pair.name()))
                        .toList(),
                more.near() == null ? "" : Search.place(more.near()),
                more.near() == null ? "" : Search.plain(more.near().kilometres()),
                text(more.country()),
                text(more.asn()),
                text(search.software()),
                more.mostOpen() == null ? "" : Long.toString(more.mostOpen().toMillis()),
                text(more.addedSince()).substring(0, more.addedSince() == null ? 0 : DAY),
                more.pow(),
                more.restricted());
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
