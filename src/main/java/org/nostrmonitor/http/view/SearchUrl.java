package org.nostrmonitor.http.view;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The parameters of a search in the order in which they stand in its URL. Every link of the list is another search than the
 * one that is shown by one parameter; it begins at its first page.
 */
public record SearchUrl(List<Pair> pairs) {
    static final String CURSOR = "cursor";

    public SearchUrl {
        pairs = List.copyOf(pairs);
    }

    public record Pair(String name, String value) {}

    /** With this value instead of all that it has of this name. */
    SearchUrl with(String name, String value) {
        return without(name).and(name, value);
    }

    /** With one more of this name. */
    SearchUrl and(String name, String value) {
        List<Pair> more = new ArrayList<>(without(CURSOR).pairs);
        more.add(new Pair(name, value));
        return new SearchUrl(more);
    }

    SearchUrl without(String name) {
        return keeping(pair -> !pair.name.equals(name));
    }

    SearchUrl without(String name, String value) {
        return keeping(pair -> !pair.equals(new Pair(name, value)));
    }

    private SearchUrl keeping(Predicate<Pair> kept) {
        return new SearchUrl(pairs.stream()
                .filter(kept)
                .filter(pair -> !pair.name.equals(CURSOR))
                .toList());
    }

    /** Whether it says anything of this name. */
    boolean has(String name) {
        return pairs.stream().anyMatch(pair -> pair.name.equals(name));
    }

    /** The same parameters at this path. */
    public String at(String path) {
        String query = pairs.stream()
                .map(pair -> Address.encoded(pair.name) + "=" + Address.encoded(pair.value))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? path : path + "?" + query;
    }

    /** The page of this search. */
    public String href() {
        return at("/relays");
    }
}
