package org.nostrmonitor.http.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.Nip19;
import org.nostrmonitor.relay.Sighting;
import org.nostrmonitor.storage.OtherMonitors;
import org.nostrmonitor.storage.OtherMonitors.Monitor;
import org.nostrmonitor.storage.OtherMonitors.Testimony;

/**
 * What other monitors say of a relay. Hearsay, and said to be.
 *
 * @param sentence the sum of it
 * @param stale when other monitors were last read, if they are not any more; null if they are
 */
public record MonitorsPanel(String sentence, @Nullable When stale, List<Row> rows) {
    private static final int SHORT_KEY = 16;
    private static final int LONGEST_NAME = 60;

    private static final Words IN_CADENCE =
            new Words("did so before that, within its own cadence", "did so before that, within their own cadence");
    private static final Words MISSED =
            new Words("did not publish it within its own cadence", "did not publish it within their own cadence");
    private static final Words EARLIER = new Words(
            "did so before that, and does not say how often it looks",
            "did so before that, and do not say how often they look");
    private static final Words NEVER = new Words(
            "has not published it as far as we read, and may not know it",
            "have not published it as far as we read, and may not know it");

    /** Of one monitor, and of several. */
    private record Words(String one, String many) {}

    /**
     * @param name as it calls itself, or null
     * @param key the beginning of its npub; {@code npub} the whole
     * @param at when it last published the relay, or null
     * @param open as it says
     */
    public record Row(
            @Nullable Said name,
            String key,
            String npub,
            @Nullable When at,
            @Nullable String open,
            String word) {}

    /** Null where nothing was ever read. */
    static @Nullable MonitorsPanel of(Testimony testimony, Instant now) {
        Instant asOf = Hearing.asOf(testimony, now);
        if (asOf == null) {
            return null;
        }
        Map<Hearing, Integer> counts = new EnumMap<>(Hearing.class);
        List<Row> rows = new ArrayList<>();
        for (OtherMonitors.Said said : testimony.said()) {
            Hearing hearing = Hearing.of(said, asOf);
            counts.merge(hearing, 1, Integer::sum);
            rows.add(row(said, hearing, now));
        }
        boolean live = asOf.equals(now);
        return new MonitorsPanel(
                sentence(counts, live), live ? null : When.of(asOf, now).inSentence(), rows);
    }

    private static String sentence(Map<Hearing, Integer> counts, boolean live) {
        int all = counts.values().stream().mapToInt(Integer::intValue).sum();
        int speaking = all - counts.getOrDefault(Hearing.SILENT, 0);
        String hour = live ? "within the last hour" : "within the hour before that";
        if (speaking == 0) {
            return all == 0 ? "No other monitor is known." : "No other monitor was heard of late.";
        }
        List<String> sentences = new ArrayList<>();
        int recent = counts.getOrDefault(Hearing.RECENT, 0);
        String monitors = speaking == 1 ? "other monitor" : "other monitors";
        sentences.add("%d of %d %s published that it was open %s.".formatted(recent, speaking, monitors, hour));
        add(sentences, counts.get(Hearing.WITHIN_CADENCE), IN_CADENCE);
        add(sentences, counts.get(Hearing.MISSED), MISSED);
        add(sentences, counts.get(Hearing.EARLIER), EARLIER);
        add(sentences, counts.get(Hearing.NEVER), NEVER);
        return String.join(" ", sentences);
    }

    private static void add(List<String> sentences, @Nullable Integer monitors, Words words) {
        if (monitors != null) {
            sentences.add(monitors + " " + (monitors == 1 ? words.one : words.many) + ".");
        }
    }

    private static Row row(OtherMonitors.Said said, Hearing hearing, Instant now) {
        Monitor monitor = said.monitor();
        Sighting sighting = said.sighting();
        String name = monitor.name();
        String npub = Nip19.npub(monitor.pubkey());
        return new Row(
                name == null ? null : Said.of(name, LONGEST_NAME, "…"),
                npub.substring(0, SHORT_KEY) + "…",
                npub,
                sighting == null ? null : When.of(sighting.at(), now),
                sighting == null ? null : Numbers.msOrNull(sighting.open()),
                word(monitor, hearing, now));
    }

    private static String word(Monitor monitor, Hearing hearing, Instant now) {
        Duration frequency = monitor.frequency();
        String cadence = frequency == null ? "" : ", every " + Numbers.span(frequency) + " as it says";
        return switch (hearing) {
            case RECENT -> "published it within the hour";
            case WITHIN_CADENCE -> "within its own cadence" + cadence;
            case MISSED -> "did not publish it within its own cadence" + cadence;
            case EARLIER -> "does not say how often it looks";
            case NEVER -> "has not published it as far as we read";
            case SILENT -> "has published nothing for " + Numbers.span(Duration.between(monitor.lastSeen(), now));
        };
    }
}
