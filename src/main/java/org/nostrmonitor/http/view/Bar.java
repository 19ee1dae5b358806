package org.nostrmonitor.http.view;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Explanation;
import org.nostrmonitor.storage.RelayViews.Count;
import org.nostrmonitor.storage.RelayViews.Failure;

/**
 * A row of a table of shares.
 *
 * @param href the list of just these relays, or null if there is none
 * @param title what the name means, or null
 * @param width of the bar against the largest, per cent
 */
public record Bar(
        Said name, @Nullable String href, @Nullable String title, String width, String count) {
    static Bar of(String name, @Nullable String href, @Nullable String title, int relays, int largest) {
        String width = largest == 0 ? "0%" : Numbers.percent(relays, largest, 1) + "%";
        return new Bar(said(name), href, title == null ? null : said(title).flat(), width, Numbers.count(relays));
    }

    private static Said said(String written) {
        return Said.of(written, RelayRow.LONGEST, "…");
    }

    static List<Bar> software(List<Count> counts) {
        int largest = largest(counts);
        return counts.stream()
                .map(c -> of(Software.shortName(c.what()), software(c.what()), c.what(), c.relays(), largest))
                .toList();
    }

    static List<Bar> nips(List<Count> counts) {
        int largest = largest(counts);
        return counts.stream()
                .map(c -> of(
                        c.what(),
                        "/relays?nip=" + Address.encoded(c.what()),
                        Nips.title(c.what()),
                        c.relays(),
                        largest))
                .toList();
    }

    static List<Bar> failures(List<Failure> failures) {
        int largest = failures.stream().mapToInt(Failure::relays).max().orElse(0);
        return failures.stream()
                .map(f -> of(
                        capital(Explanation.of(f.stage(), f.reason())),
                        null,
                        f.stage().label() + ": " + f.reason().label(),
                        f.relays(),
                        largest))
                .toList();
    }

    private static String capital(String clause) {
        return Character.toUpperCase(clause.charAt(0)) + clause.substring(1);
    }

    /** Null for a name that is too long to be asked for. */
    private static @Nullable String software(String name) {
        return name.length() > Search.LONGEST_TEXT ? null : "/relays?software=" + Address.encoded(name);
    }

    private static int largest(List<Count> counts) {
        return counts.stream().flatMapToInt(c -> IntStream.of(c.relays())).max().orElse(0);
    }
}
