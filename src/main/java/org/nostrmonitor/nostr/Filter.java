package org.nostrmonitor.nostr;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription asks for (NIP-01, NIP-50). An empty list or map and a null mean "any".
 *
 * @param tags by single-letter tag name without {@code #}
 * @param since seconds since the epoch, inclusive
 * @param until seconds since the epoch, inclusive
 * @param search a query for people's words (NIP-50)
 */
public record Filter(
        List<String> ids,
        List<String> authors,
        List<Integer> kinds,
        Map<String, List<String>> tags,
        @Nullable Long since,
        @Nullable Long until,
        @Nullable Integer limit,
        @Nullable String search) {
    public static final Filter ANY = new Filter(List.of(), List.of(), List.of(), Map.of(), null, null, null);

    public Filter {
        ids = List.copyOf(ids);
        authors = List.copyOf(authors);
        kinds = List.copyOf(kinds);
        tags = Map.copyOf(tags);
    }

    /** Without a search. */
    public Filter(
            List<String> ids,
            List<String> authors,
            List<Integer> kinds,
            Map<String, List<String>> tags,
            @Nullable Long since,
            @Nullable Long until,
            @Nullable Integer limit) {
        this(ids, authors, kinds, tags, since, until, limit, null);
    }

    public Filter withIds(List<String> wanted) {
        return new Filter(wanted, authors, kinds, tags, since, until, limit, search);
    }

    public Filter withAuthors(List<String> wanted) {
        return new Filter(ids, wanted, kinds, tags, since, until, limit, search);
    }

    public Filter withKinds(List<Integer> wanted) {
        return new Filter(ids, authors, wanted, tags, since, until, limit, search);
    }

    public Filter withLimit(int most) {
        return new Filter(ids, authors, kinds, tags, since, until, most, search);
    }

    /** Nothing newer: seconds since the epoch, inclusive. */
    public Filter withUntil(long newest) {
        return new Filter(ids, authors, kinds, tags, since, newest, limit, search);
    }

    public Filter withSearch(String words) {
        return new Filter(ids, authors, kinds, tags, since, until, limit, words);
    }

    /** Whether a relay would send this event for this filter; {@code limit} and {@code search} play no part. */
    public boolean matches(NostrEvent event) {
        return contains(ids, event.id())
                && contains(authors, event.pubkey())
                && contains(kinds, event.kind())
                && (since == null || event.createdAt() >= since)
                && (until == null || event.createdAt() <= until)
                && tags.entrySet().stream().allMatch(wanted -> hasTag(event, wanted.getKey(), wanted.getValue()));
    }

    private static <T> boolean contains(List<T> wanted, T value) {
        return wanted.isEmpty() || wanted.contains(value);
    }

    /** NIP-01: only the first value of a tag counts. */
    private static boolean hasTag(NostrEvent event, String name, List<String> wanted) {
        return wanted.isEmpty()
                || event.tags().stream()
                        .anyMatch(tag -> tag.size() > 1 && tag.get(0).equals(name) && wanted.contains(tag.get(1)));
    }
}
