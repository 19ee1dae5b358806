package org.nostrmonitor.simulator;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.nostrmonitor.nostr.Filter;
import org.nostrmonitor.nostr.NostrEvent;

/** NIP-50 as simply as it can be: all words of the search are in the content. */
final class Search {
    private Search() {}

    /** @param stored what is there for filters, newest first */
    static List<NostrEvent> of(List<Filter> filters, Function<List<Filter>, List<NostrEvent>> stored) {
        return filters.stream()
                .flatMap(filter -> one(filter, stored).stream())
                .distinct()
                .toList();
    }

    private static List<NostrEvent> one(Filter filter, Function<List<Filter>, List<NostrEvent>> stored) {
        String words = filter.search();
        if (words == null) {
            return stored.apply(List.of(filter));
        }
        Integer limit = filter.limit();
        Filter all = filter.withLimit(Limits.MOST_ANSWERS);
        return stored.apply(List.of(all)).stream()
                .filter(event -> has(event, words))
                .limit(limit == null ? Limits.MOST_ANSWERS : limit)
                .toList();
    }

    private static boolean has(NostrEvent event, String words) {
        String content = event.content().toLowerCase(Locale.ROOT);
        return List.of(words.toLowerCase(Locale.ROOT).split(" ")).stream().allMatch(content::contains);
    }
}
