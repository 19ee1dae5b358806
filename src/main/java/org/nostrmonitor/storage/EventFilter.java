package org.nostrmonitor.storage;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.Filter;

/**
 * A filter of NIP-01 over what {@code event_index} knows of an event. In the lists and sets an empty one means "any".
 *
 * @param tags for each tag that is asked for the entries of which an event must have one
 * @param since seconds since the epoch, inclusive
 * @param until seconds since the epoch, inclusive
 * @param limit at most so many stored events, 0 or more
 */
public record EventFilter(
        Set<String> ids,
        Set<String> authors,
        Set<Integer> kinds,
        List<Set<Long>> tags,
        @Nullable Long since,
        @Nullable Long until,
        int limit) {
    /** Some clients leave out the {@code /} of an empty path, which RFC 3986 and our events put there. */
    private static final Pattern BARE_HOST = Pattern.compile("wss?://[^/?#]+");

    public EventFilter {
        ids = Set.copyOf(ids);
        authors = Set.copyOf(authors);
        kinds = Set.copyOf(kinds);
        tags = List.copyOf(tags);
    }

    /**
     * @param usual how many events, if the filter does not say
     * @param most how many events at most
     */
    public static EventFilter of(Filter filter, int usual, int most) {
        Integer limit = filter.limit();
        return new EventFilter(
                new HashSet<>(filter.ids()),
                new HashSet<>(filter.authors()),
                new HashSet<>(filter.kinds()),
                filter.tags().entrySet().stream()
                        .map(tag -> entries(tag.getKey(), tag.getValue()))
                        .toList(),
                filter.since(),
                filter.until(),
                Math.min(limit == null ? usual : limit, most));
    }

    private static Set<Long> entries(String letter, List<String> values) {
        Set<Long> entries = new HashSet<>();
        for (String value : values) {
            entries.add(TagEntry.of(letter, value));
            if (letter.equals("d") && BARE_HOST.matcher(value).matches()) {
                entries.add(TagEntry.of(letter, value + "/"));
            }
        }
        return entries;
    }

    /** Whether this is an event that the filter asks for; {@code limit} plays no part. */
    public boolean matches(EventCard card) {
        return (ids.isEmpty() || ids.contains(card.id()))
                && (authors.isEmpty() || authors.contains(card.pubkey()))
                && (kinds.isEmpty() || kinds.contains(card.kind()))
                && (since == null || card.createdAt() >= since)
                && (until == null || card.createdAt() <= until)
                && tags.stream().noneMatch(wanted -> Collections.disjoint(wanted, card.tags()));
    }
}
