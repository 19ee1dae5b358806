package org.nostrmonitor.http.view;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Place;
import org.nostrmonitor.relay.TlsSession;

/**
 * Where a relay is and who it proved to be, as the latest check saw it.
 *
 * @param addresses all that its name has; empty if it was not looked up
 * @param place in words, or null if not known
 * @param locator where that is on a map, or null
 * @param system the network that announces the address, {@code AS64496 Example}, or null if not known
 * @param certificate null without TLS
 */
public record Whereabouts(
        List<String> addresses,
        @Nullable Said place,
        @Nullable Locator locator,
        @Nullable Said system,
        @Nullable CertificateLines certificate) {
    static final Whereabouts UNKNOWN = new Whereabouts(List.of(), null, null, null, null);

    public Whereabouts {
        addresses = List.copyOf(addresses);
    }

    static Whereabouts of(@Nullable CheckReport report, Instant now) {
        if (report == null) {
            return UNKNOWN;
        }
        Place place = report.facts().place();
        TlsSession tls = report.facts().tls();
        return new Whereabouts(
                report.facts().addresses(),
                place == null ? null : place(place),
                place == null ? null : Locator.of(place.geohash()),
                place == null ? null : system(place),
                tls == null ? null : CertificateLines.of(tls, now));
    }

    private static @Nullable Said place(Place place) {
        if (place.anycast()) {
            return Said.of("in many places at once");
        }
        String words = Stream.of(place.city(), place.country(), place.geohash())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
        return words.isEmpty() ? null : Said.of(words);
    }

    private static @Nullable Said system(Place place) {
        if (place.asn() == null) {
            return null;
        }
        return Said.of("AS" + place.asn() + (place.asName() == null ? "" : " " + place.asName()));
    }
}
