package org.nostrmonitor.http.view;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Network;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.storage.RelayViews.Aliases;
import org.nostrmonitor.storage.RelayViews.Count;
import org.nostrmonitor.storage.RelayViews.Overview;

/**
 * A filter of the list: links, one for each choice.
 *
 * @param set what is chosen, or null
 * @param clear the list without this filter
 */
public record Filter(String name, @Nullable Said set, String clear, List<Choice> choices) {
    public Filter {
        choices = List.copyOf(choices);
    }

    public record Choice(Said label, @Nullable StateMark mark, String href, boolean current) {}

    static List<Filter> of(Search search, Overview overview) {
        return List.of(
                status(search),
                network(search),
                nip(search, overview),
                software(search, overview),
                writable(search),
                aliases(search));
    }

    private static Filter status(Search search) {
        return filter(
                "Status",
                search.status(),
                List.of(RelayState.ONLINE, RelayState.DEGRADED, RelayState.OFFLINE, RelayState.UNKNOWN),
                state -> StateMark.of(state).word(),
                StateMark::of,
                search::withStatus);
    }

    private static Filter network(Search search) {
        return filter(
                "Network",
                search.network(),
                List.of(Network.values()),
                Networks::name,
                network -> null,
                search::withNetwork);
    }

    private static Filter nip(Search search, Overview overview) {
        List<Integer> frequent = overview.nips().stream()
                .map(Count::what)
                .map(Integer::valueOf)
                .sorted()
                .toList();
        return filter("NIP", search.nip(), frequent, Filter::nipLabel, nip -> null, search::withNip);
    }

    private static String nipLabel(Integer nip) {
        String title = Nips.title(nip.toString());
        return title == null ? nip.toString() : nip + " " + title;
    }

    private static Filter software(Search search, Overview overview) {
        List<String> frequent = overview.software().stream()
                .map(Count::what)
                .filter(name -> name.length() <= Search.LONGEST_TEXT)
                .toList();
        return filter("Software", search.software(), frequent, Software::shortName, name -> null, search::withSoftware);
    }

    private static Filter writable(Search search) {
        return filter(
                "Write",
                search.writable(),
                List.of(true, false),
                writable -> writable ? "accepted" : "not accepted",
                writable -> null,
                search::withWritable);
    }

    private static Filter aliases(Search search) {
        return filter(
                "Aliases",
                search.aliases() == Aliases.NONE ? null : search.aliases(),
                List.of(Aliases.ONLY, Aliases.ALL),
                which -> which == Aliases.ONLY ? "only" : "too",
                which -> null,
                search::withAliases);
    }

    private static <T> Filter filter(
            String name,
            @Nullable T chosen,
            List<T> values,
            Function<T, String> label,
            Function<T, @Nullable StateMark> mark,
            Function<@Nullable T, Search> with) {
        List<Choice> choices = new ArrayList<>();
        Stream.concat(values.stream(), Stream.ofNullable(chosen))
                .distinct()
                .map(value -> new Choice(
                        Said.of(label.apply(value)),
                        mark.apply(value),
                        with.apply(value).href(),
                        value.equals(chosen)))
                .forEach(choices::add);
        Said set = chosen == null ? null : Said.of(label.apply(chosen));
        return new Filter(name, set, with.apply(null).href(), choices);
    }
}
