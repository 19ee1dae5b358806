package org.nostrmonitor.nip66;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.nostrmonitor.nostr.NostrEvent;

/** Kind 10166 of other monitors: what they say of themselves. */
public final class AnnouncementReader {
    private static final long LONGEST_SECONDS = 30L * 24 * 3_600;

    private AnnouncementReader() {}

    /** How often it says that it looks: 1 second to 30 days. Nothing if it does not say, or says something else. */
    public static Optional<Duration> frequency(NostrEvent event) {
        return event.tag("frequency")
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(Long::valueOf)
                .filter(seconds -> seconds >= 1 && seconds <= LONGEST_SECONDS)
                .map(Duration::ofSeconds);
    }

    /** Where it says that it is: the longest geohash of 1 to 9 characters. A {@code g} with more than a value is a country's or so. */
    public static Optional<String> geohash(NostrEvent event) {
        return event.tags().stream()
                .filter(tag -> tag.size() == 2 && tag.get(0).equals("g"))
                .map(AnnouncementReader::value)
                .filter(GeohashTags::isOne)
                .max(Comparator.comparingInt(String::length));
    }

    private static String value(List<String> tag) {
        return tag.get(1);
    }
}
