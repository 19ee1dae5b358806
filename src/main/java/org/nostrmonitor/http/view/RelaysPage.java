package org.nostrmonitor.http.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.http.view.SearchUrl.Pair;
import org.nostrmonitor.storage.RelayViews.Aliases;
import org.nostrmonitor.storage.RelayViews.Count;
import org.nostrmonitor.storage.RelayViews.Overview;
import org.nostrmonitor.storage.RelayViews.Page;

/**
 * {@code /relays}: search, filters and a page of the list.
 *
 * @param alarms why the list is not of now, if it is not
 * @param kept what the search form carries along
 * @param form what can be typed
 * @param sorts everything it can be sorted by, as {@code sorted} says it is
 * @param first the first page, if this is a later one
 * @param ways searches with one condition less that have results, for when nothing matches
 * @param exports the same for programs: its name and address
 */
public record RelaysPage(
        Frame frame,
        List<Alarm> alarms,
        String verdict,
        Said lede,
        String text,
        List<Pair> kept,
        List<Filter> filters,
        MoreForm form,
        boolean narrows,
        List<Column> columns,
        List<Column> sorts,
        Said sorted,
        List<RelayRow> rows,
        String caption,
        @Nullable String first,
        @Nullable String next,
        int limit,
        List<Way> ways,
        List<Pair> exports,
        String api,
        Strip.Legend legend) {

    /** Each is asked for by a query of its own. */
    private static final int MOST_WAYS = 6;

    /** A search that differs from another by what its words say. */
    public record Way(String words, SearchUrl url, @Nullable String count) {}

    /**
     * @param countries the most frequent, by their letters
     * @param found what matches each of {@link #ways}, in their order; empty if that was not asked
     */
    public static RelaysPage of(
            Frame.Site site,
            Now now,
            Search search,
            Page page,
            Overview overview,
            List<Count> countries,
            List<Integer> found) {
        String verdict = verdict(search, page);
        String next = page.next() == null ? null : search.at(page.next()).href();
        String conditions = Conditions.of(search);
        String title = conditions.isEmpty() ? verdict : Said.flat(conditions) + ": " + verdict;
        SearchUrl all = search.url().without(SearchUrl.CURSOR);
        String sorted = Column.sorted(search);
        return new RelaysPage(
                Frame.of(site, now, title, verdict, "relays").ofList(next),
                Alarm.ofBefore("the list", page.stale(), now.at()).toList(),
                verdict,
                Said.of(lede(conditions)),
                search.text(),
                all.without("q").pairs(),
                Filters.of(search, overview, countries, now.at()),
                MoreForm.of(search),
                search.narrows(),
                Column.of(search),
                Column.sorts(search),
                Said.of(sorted),
                page.items().stream().map(item -> RelayRow.of(item, now.at())).toList(),
                "Relays, sorted by " + sorted,
                search.cursor() == null ? null : search.at(null).href(),
                next,
                search.limit(),
                withResults(ways(search), found),
                List.of(
                        new Pair("CSV", all.at("/api/v1/export.csv")),
                        new Pair("NDJSON", all.at("/api/v1/export.ndjson"))),
                all.at("/api/v1/relays"),
                Strip.LEGEND);
    }

    private static String verdict(Search search, Page page) {
        int total = page.total();
        if (search.narrows()) {
            return total == 0 ? "No relay matches." : Numbers.plural(total, "relay matches", "relays match") + ".";
        }
        return total == 0
                ? "No relay is known yet."
                : Numbers.plural(total, "relay is known", "relays are known") + ".";
    }

    private static String lede(String conditions) {
        return conditions.isEmpty()
                ? "Every relay that is checked here, as it was last seen."
                : "Only " + conditions + ".";
    }

    /** The searches with one condition less, {@value #MOST_WAYS} at most. */
    public static List<Way> ways(Search search) {
        SearchUrl url = search.url().without(SearchUrl.CURSOR);
        List<Way> ways = new ArrayList<>();
        add(ways, url, "q", "Without the words");
        add(ways, url, "status", "In any state");
        add(ways, url, "network", "On any network");
        add(ways, url, "nip", "With any NIPs");
        add(ways, url, "software", "With any software");
        add(ways, url, "tag", "With any tags");
        add(ways, url, "country", "In any country");
        add(ways, url, "asn", "Of any provider");
        if (url.has("near")) {
            ways.add(new Way("Anywhere", url.without("near").without("km"), null));
        }
        add(ways, url, "auth", "With or without AUTH");
        add(ways, url, "payment", "With or without payment");
        add(ways, url, "writable", "Writable or not");
        add(ways, url, "uptime", "With any uptime");
        add(ways, url, "openMs", "However slow");
        add(ways, url, "addedSince", "Whenever added");
        if (search.aliases() == Aliases.ONLY) {
            add(ways, url, "aliases", "Without aliases");
        }
        return ways.stream().limit(MOST_WAYS).toList();
    }

    private static void add(List<Way> ways, SearchUrl url, String name, String words) {
        if (url.has(name)) {
            ways.add(new Way(words, url.without(name), null));
        }
    }

    /** Those that lead to something, the nearest first: the one with the fewest results. */
    private static List<Way> withResults(List<Way> ways, List<Integer> found) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < Math.min(ways.size(), found.size()); i++) {
            if (found.get(i) > 0) {
                order.add(i);
            }
        }
        order.sort(Comparator.comparing(found::get));
        return order.stream()
                .map(i -> new Way(ways.get(i).words(), ways.get(i).url(), Numbers.count(found.get(i))))
                .toList();
    }
}
