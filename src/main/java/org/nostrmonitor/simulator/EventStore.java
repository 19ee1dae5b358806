package org.nostrmonitor.simulator;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.Filter;
import org.nostrmonitor.nostr.NostrEvent;

/**
 * The events that a relay keeps: of replaceable and addressable ones only the newest, ties going to the lowest id (NIP-01).
 * Bounded: the oldest event leaves first. Safe for several threads.
 */
final class EventStore {
    /** Newest first, of the same second the lowest id first: the order of answers. */
    private static final Comparator<NostrEvent> NEWEST_FIRST =
            Comparator.comparingLong(NostrEvent::createdAt).reversed().thenComparing(NostrEvent::id);

    /** What became of an event. */
    enum Kept {
        NEW(""),
        ALREADY_HERE("duplicate: it is here already"),
        NEWER_IS_HERE("duplicate: a newer one is here");

        private final String words;

        Kept(String words) {
            this.words = words;
        }

        /** The text of its {@code OK true} (NIP-01). */
        String words() {
            return words;
        }
    }

    private final int most;
    private final Map<String, NostrEvent> byId = new HashMap<>();
    private final Map<Address, NostrEvent> byAddress = new HashMap<>();
    private final TreeSet<NostrEvent> byTime = new TreeSet<>(NEWEST_FIRST);

    /** @param most how many it keeps */
    EventStore(int most) {
        this.most = most;
    }

    /** Keeps an event that is known to be valid. */
    synchronized Kept add(NostrEvent event) {
        if (byId.containsKey(event.id())) {
            return Kept.ALREADY_HERE;
        }
        Address address = Address.of(event);
        NostrEvent before = address == null ? null : byAddress.get(address);
        if (before != null && NEWEST_FIRST.compare(before, event) < 0) {
            return Kept.NEWER_IS_HERE;
        }
        if (before != null) {
            remove(before);
        }
        byId.put(event.id(), event);
        byTime.add(event);
        if (address != null) {
            byAddress.put(address, event);
        }
        if (byId.size() > most) {
            remove(byTime.last());
        }
        return Kept.NEW;
    }

    private void remove(NostrEvent event) {
        byId.remove(event.id());
        byTime.remove(event);
        Address address = Address.of(event);
        if (address != null) {
            byAddress.remove(address);
        }
    }

    /** What matches any of the filters, newest first for each, without duplicates, bounded by each filter's limit. */
    synchronized List<NostrEvent> query(List<Filter> filters) {
        Map<String, NostrEvent> found = new LinkedHashMap<>();
        for (Filter filter : filters) {
            newestMatching(filter).forEach(event -> found.putIfAbsent(event.id(), event));
        }
        return List.copyOf(found.values());
    }

    private List<NostrEvent> newestMatching(Filter filter) {
        Integer asked = filter.limit();
        int limit = asked == null ? Limits.MOST_ANSWERS : Math.max(0, Math.min(asked, Limits.MOST_ANSWERS));
        var candidates = filter.ids().isEmpty()
                ? byTime.stream()
                : filter.ids().stream()
                        .distinct()
                        .flatMap(id -> Optional.ofNullable(byId.get(id)).stream())
                        .sorted(NEWEST_FIRST);
        return candidates.filter(filter::matches).limit(limit).toList();
    }

    /** The event at an address: the {@code d} of a kind that has none is empty. */
    synchronized Optional<NostrEvent> latest(int kind, String pubkey, String d) {
        return Optional.ofNullable(byAddress.get(new Address(kind, pubkey, d)));
    }

    /** All of them, newest first. */
    synchronized List<NostrEvent> all() {
        return List.copyOf(byTime);
    }

    synchronized int size() {
        return byId.size();
    }

    private record Address(int kind, String pubkey, String d) {
        /** Null for an event that nothing replaces. */
        static @Nullable Address of(NostrEvent event) {
            if (Kinds.replaceable(event.kind())) {
                return new Address(event.kind(), event.pubkey(), "");
            }
            return Kinds.addressable(event.kind())
                    ? new Address(event.kind(), event.pubkey(), event.tag("d").orElse(""))
                    : null;
        }
    }
}
