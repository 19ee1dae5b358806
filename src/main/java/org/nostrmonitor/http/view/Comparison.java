package org.nostrmonitor.http.view;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.http.view.RelayLinks.Choice;
import org.nostrmonitor.http.view.SearchUrl.Pair;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.History.Phase;

/**
 * What the URL of a comparison asks for, and links that ask for one thing more or less.
 *
 * @param text what is looked for, to add one; empty for nothing
 * @param region to see them from, or null for all of them together
 */
public record Comparison(
        List<RelayUrl> relays, String text, @Nullable String region, Range range, Phase phase) {
    /** As many lines as can be told apart. */
    public static final int MOST = 5;

    public Comparison {
        relays = List.copyOf(relays);
    }

    private SearchUrl url() {
        List<Pair> pairs = new ArrayList<>();
        relays.forEach(relay -> pairs.add(new Pair("relay", relay.value())));
        add(pairs, "from", region);
        add(pairs, "range", range == Range.DAY ? null : range.label());
        add(pairs, "phase", phase == Phase.OPEN ? null : LatencyPlot.label(phase));
        return new SearchUrl(pairs);
    }

    private static void add(List<Pair> pairs, String name, @Nullable String value) {
        if (value != null) {
            pairs.add(new Pair(name, value));
        }
    }

    private static String href(SearchUrl url) {
        return url.at("/compare");
    }

    /** What a form carries along. */
    List<Pair> kept() {
        return url().pairs();
    }

    String with(RelayUrl relay) {
        return href(url().and("relay", relay.value()));
    }

    String without(RelayUrl relay) {
        return href(url().without("relay", relay.value()));
    }

    List<Choice> ranges() {
        List<Choice> choices = new ArrayList<>();
        for (Range other : Range.OF_RELAYS) {
            String href = href(new Comparison(relays, "", region, other, phase).url());
            choices.add(new Choice(other.text(), href, other == range));
        }
        return choices;
    }

    List<Choice> phases() {
        return LatencyPlot.PHASES.stream()
                .map(other -> new Choice(
                        LatencyPlot.label(other),
                        href(new Comparison(relays, "", region, range, other).url()),
                        other == phase))
                .toList();
    }

    /** None if there is nothing to choose from. */
    List<Choice> regions(List<String> names) {
        List<Choice> choices = new ArrayList<>();
        if (names.size() > 1 || region != null) {
            choices.add(new Choice("all regions", from(null), region == null));
            names.forEach(name -> choices.add(new Choice(name, from(name), name.equals(region))));
        }
        return choices;
    }

    private String from(@Nullable String other) {
        return href(new Comparison(relays, "", other, range, phase).url());
    }
}
