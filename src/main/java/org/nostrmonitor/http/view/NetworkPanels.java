package org.nostrmonitor.http.view;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.RelayViews.Overview;
import org.nostrmonitor.storage.Statistics.Shape;

/**
 * The network over time, and its shape.
 *
 * @param ranges of the chart of states
 * @param states null if there is not enough of it, with {@code isRead} false if it cannot be read now
 * @param opens null if no time is known
 * @param map null if no place is known
 * @param countries the most frequent, and {@code otherCountries} the rest of them and those without one
 * @param countedAt when the shape was counted; null if nobody has, or if it cannot be read now
 */
public record NetworkPanels(
        List<Range.Link> ranges,
        boolean isRead,
        @Nullable StatePlot states,
        @Nullable OpenPlot opens,
        @Nullable WorldMap map,
        List<Bar> countries,
        List<Bar> otherCountries,
        @Nullable When countedAt) {
    public NetworkPanels {
        ranges = List.copyOf(ranges);
        countries = List.copyOf(countries);
        otherCountries = List.copyOf(otherCountries);
    }

    static NetworkPanels of(NetworkParts parts, Overview overview, Instant now) {
        Shape shape = parts.shape();
        List<Range.Link> ranges = parts.range().links("/", "#states", NetworkParts.RANGES);
        StatePlot states = parts.states() == null
                ? null
                : StatePlot.of(parts.states(), parts.range(), parts.from(), parts.to(), parts.resolution());
        if (shape == null) {
            return new NetworkPanels(ranges, parts.states() != null, states, null, null, List.of(), List.of(), null);
        }
        int largest = largest(shape);
        return new NetworkPanels(
                ranges,
                parts.states() != null,
                states,
                OpenPlot.of(shape, overview.openP50(), overview.openP95()),
                shape.located() == 0 ? null : WorldMap.of(shape),
                shape.countries().stream()
                        .map(one -> Bar.of(
                                Countries.name(one.what()),
                                "/relays?country=" + Address.encoded(one.what()),
                                null,
                                one.relays(),
                                largest))
                        .toList(),
                shape.inCountry() == 0 ? List.of() : others(shape, largest),
                When.of(shape.takenAt(), now).inSentence());
    }

    private static int listed(Shape shape) {
        return shape.countries().stream().mapToInt(one -> one.relays()).sum();
    }

    private static int largest(Shape shape) {
        int placeless = shape.up() - shape.inCountry();
        int others = shape.inCountry() - listed(shape);
        int first = shape.countries().isEmpty() ? 0 : shape.countries().get(0).relays();
        return IntStream.of(first, placeless, others).max().orElse(0);
    }

    private static List<Bar> others(Shape shape, int largest) {
        int more = shape.differentCountries() - shape.countries().size();
        Bar others =
                Bar.of(Numbers.plural(more, "other", "others"), null, null, shape.inCountry() - listed(shape), largest);
        Bar placeless = Bar.of("Not placed", null, null, shape.up() - shape.inCountry(), largest);
        return Stream.of(more > 0 ? others : null, shape.up() > shape.inCountry() ? placeless : null)
                .filter(bar -> bar != null)
                .toList();
    }
}
