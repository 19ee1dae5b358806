package org.nostrmonitor.http.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Network;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.storage.RelayViews.Aliases;
import org.nostrmonitor.storage.RelayViews.Overview;
import org.nostrmonitor.storage.RelayViews.Page;

/**
 * {@code /relays}: search, filters and a page of the list.
 *
 * @param kept what the search form carries along
 * @param first the first page, if this is a later one
 * @param ways searches with one condition less, for when nothing matches
 */
public record RelaysPage(
        Frame frame,
        String verdict,
        Said lede,
        String text,
        Map<String, String> kept,
        List<Filter> filters,
        boolean narrows,
        List<Column> columns,
        List<RelayRow> rows,
        String caption,
        @Nullable String first,
        @Nullable String next,
        int limit,
        List<Way> ways,
        String api,
        Strip.Legend legend) {

    public record Way(String words, String href) {}

    public static RelaysPage of(Frame.Site site, Now now, Search search, Page page, Overview overview) {
        String verdict = verdict(search, page);
        String next = page.next() == null ? null : search.at(page.next()).href();
        String title = search.narrows() ? Said.flat(conditions(search)) + ": " + verdict : verdict;
        return new RelaysPage(
                Frame.of(site, now, title, verdict, "relays").ofList(next),
                verdict,
                Said.of(lede(search)),
                search.text(),
                search.kept(),
                Filter.of(search, overview),
                search.narrows(),
                Column.of(search),
                page.items().stream().map(item -> RelayRow.of(item, now.at())).toList(),
                "Relays, sorted by " + Search.label(search.sort()),
                search.cursor() == null ? null : search.at(null).href(),
                next,
                search.limit(),
                ways(search),
                search.apiHref(),
                Strip.LEGEND);
    }

    private static String verdict(Search search, Page page) {
        int total = page.total();
        if (!page.exact()) {
            return "More than " + Numbers.count(total) + " relays " + (search.narrows() ? "match." : "are known.");
        }
        if (search.narrows()) {
            return total == 0 ? "No relay matches." : Numbers.plural(total, "relay matches", "relays match") + ".";
        }
        return total == 0
                ? "No relay is known yet."
                : Numbers.plural(total, "relay is known", "relays are known") + ".";
    }

    private static String lede(Search search) {
        String conditions = conditions(search);
        return conditions.isEmpty()
                ? "Every relay that is checked here, as it was last seen."
                : "Only " + conditions + ".";
    }

    private static String conditions(Search search) {
        List<String> words = new ArrayList<>();
        RelayState status = search.status();
        Network network = search.network();
        String software = search.software();
        Boolean writable = search.writable();
        words.addAll(search.text().isEmpty() ? List.of() : List.of("with “" + search.text() + "”"));
        words.addAll(
                status == null ? List.of() : List.of(StateMark.of(status).word().toLowerCase(java.util.Locale.ROOT)));
        words.addAll(network == null ? List.of() : List.of("on " + Networks.name(network)));
        words.addAll(search.nip() == null ? List.of() : List.of("claiming NIP-" + search.nip()));
        words.addAll(software == null ? List.of() : List.of("running " + Software.shortName(software)));
        words.addAll(
                writable == null ? List.of() : List.of(writable ? "accepting our writes" : "not accepting our writes"));
        words.addAll(
                search.aliases() == Aliases.ONLY ? List.of("other URLs of relays that are listed already") : List.of());
        return String.join(", ", words);
    }

    private static List<Way> ways(Search search) {
        List<Way> ways = new ArrayList<>();
        add(ways, !search.text().isEmpty(), "Without the words", search.withText(""));
        add(ways, search.status() != null, "in any state", search.withStatus(null));
        add(ways, search.network() != null, "on any network", search.withNetwork(null));
        add(ways, search.nip() != null, "with any NIP", search.withNip(null));
        add(ways, search.software() != null, "with any software", search.withSoftware(null));
        add(ways, search.writable() != null, "writable or not", search.withWritable(null));
        add(ways, search.aliases() == Aliases.ONLY, "without aliases", search.withAliases(null));
        return ways;
    }

    private static void add(List<Way> ways, boolean set, String words, Search without) {
        if (set) {
            ways.add(new Way(words, without.href()));
        }
    }
}
