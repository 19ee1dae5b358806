package org.nostrmonitor.http.view;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.History.Phase;

/**
 * What the URL of a relay's page asks for, and links that ask for one thing more and keep the rest.
 *
 * @param region to see it from, or null if that is not said
 * @param range of the chart; {@code phase} what it shows
 */
public record RelayLinks(Address address, @Nullable String region, Range range, Phase phase) {

    /** @param text as it is printed */
    public record Choice(String text, String href, boolean current) {}

    List<Choice> regions(List<String> regions, @Nullable String shown) {
        return regions.stream()
                .map(name -> new Choice(
                        name, new RelayLinks(address, name, range, phase).href("", "evidence"), name.equals(shown)))
                .toList();
    }

    List<Choice> ranges() {
        List<Choice> choices = new ArrayList<>();
        for (Range other : Range.OF_RELAYS) {
            RelayLinks links = new RelayLinks(address, region, other, phase);
            choices.add(new Choice(other.text(), links.href("", "history"), other == range));
        }
        return choices;
    }

    List<Choice> phases() {
        return LatencyPlot.PHASES.stream()
                .map(other -> new Choice(
                        LatencyPlot.label(other),
                        new RelayLinks(address, region, range, other).href("", "history"),
                        other == phase))
                .toList();
    }

    /** @param more a parameter more, encoded, or empty */
    String href(String more, String anchor) {
        List<String> parameters = new ArrayList<>();
        if (region != null) {
            parameters.add("from=" + Address.encoded(region));
        }
        if (range != Range.DAY) {
            parameters.add("range=" + range.label());
        }
        if (phase != Phase.OPEN) {
            parameters.add("phase=" + LatencyPlot.label(phase));
        }
        if (!more.isEmpty()) {
            parameters.add(more);
        }
        String query = parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
        return address.href() + query + "#" + anchor;
    }
}
