package org.nostrmonitor.nip66;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.EventTemplate;
import org.nostrmonitor.nostr.Nip11;
import org.nostrmonitor.nostr.ProtocolException;
import org.nostrmonitor.relay.Capability;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Known;
import org.nostrmonitor.relay.Place;

/** Kind 30166: what was found about one relay that is online. */
public final class RelayDiscovery {
    public static final int KIND = 30166;

    /** A longer NIP-11 document is left out, so that other relays take the event. In bytes of UTF-8. */
    private static final int MAX_CONTENT_BYTES = 64 * 1024;

    private static final int SEARCH = 50;

    private static final Duration MILLISECOND = Duration.ofMillis(1);

    private RelayDiscovery() {}

    /**
     * The event of a report, to be signed. {@code created_at} is the second in which the check began. The tags come in the
     * order {@code d n rtt-open rtt-read rtt-write T N R t k l g}; what is not known has none.
     *
     * <p>Round-trip times are whole milliseconds, rounded to the nearest, and at least {@code "1"}: what took 0.4 ms was
     * measured, and {@code "0"} means "not measured" to others. A document that cannot be read claims nothing and is not passed
     * on.
     *
     * @param known what was seen of the relay so far, with this report: what it claims stands only where nothing was seen
     * @throws IllegalArgumentException if the relay is not up: nothing is said about what did not answer
     */
    public static EventTemplate of(CheckReport report, Known known) {
        if (!report.state().isUp()) {
            throw new IllegalArgumentException(
                    report.relay() + " is " + report.state().label() + ": no event says that");
        }
        Nip11 document = document(report);
        List<List<String>> tags = new ArrayList<>();
        tags.add(List.of("d", report.relay().value()));
        tags.add(List.of("n", report.relay().network().label()));
        addRtt(tags, "rtt-open", report.rttOpen());
        addRtt(tags, "rtt-read", report.rttRead());
        addRtt(tags, "rtt-write", report.rttWrite());
        addType(tags, known.capabilities());
        DocumentTags.addNips(tags, document, known.capabilities());
        RequirementTags.add(tags, known.observed(), document);
        DocumentTags.addTopics(tags, document);
        DocumentTags.addKinds(tags, document, known.observed());
        DocumentTags.addLanguages(tags, document);
        GeohashTags.add(tags, geohash(report.facts().place()));
        return new EventTemplate(report.checkedAt().getEpochSecond(), KIND, tags, content(report, document));
    }

    /**
     * Of all types of relays (issue 1282 of the NIPs) this is the one that can be seen from outside: it was asked to search, and
     * did. What the others are for is their operators' intention.
     */
    private static void addType(List<List<String>> tags, Map<Integer, Capability> capabilities) {
        Capability search = capabilities.get(SEARCH);
        if (search != null && search.finding() == Capability.Finding.CONFIRMED) {
            tags.add(List.of("T", "Search"));
        }
    }

    /** An address that is in many places is in none. */
    private static @Nullable String geohash(@Nullable Place place) {
        return place == null || place.anycast() ? null : place.geohash();
    }

    private static @Nullable Nip11 document(CheckReport report) {
        String document = report.document();
        if (document == null) {
            return null;
        }
        try {
            return Nip11.parse(document);
        } catch (ProtocolException e) {
            return null;
        }
    }

    private static String content(CheckReport report, @Nullable Nip11 parsed) {
        String document = report.document();
        if (document == null || parsed == null) {
            return "";
        }
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        boolean isWhole = new String(bytes, StandardCharsets.UTF_8).equals(document); // no half of a surrogate pair
        return isWhole && bytes.length <= MAX_CONTENT_BYTES ? document : "";
    }

    private static void addRtt(List<List<String>> tags, String name, @Nullable Duration took) {
        if (took != null) {
            long rounded = took.plusNanos(MILLISECOND.toNanos() / 2).toMillis();
            tags.add(List.of(name, Long.toString(Math.max(1, rounded))));
        }
    }
}
