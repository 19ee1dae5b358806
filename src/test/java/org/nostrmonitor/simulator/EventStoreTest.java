package org.nostrmonitor.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.nostr.Filter;
import org.nostrmonitor.nostr.NostrEvent;

class EventStoreTest {
    private final Events events = new Events();
    private final EventStore store = new EventStore(5);

    private NostrEvent note(long createdAt) {
        return events.at(createdAt, Kinds.TEXT_NOTE, List.of(), "note of " + createdAt);
    }

    private List<NostrEvent> find(Filter filter) {
        return store.query(List.of(filter));
    }

    @Test
    void keepsTheNewestOfAnAddressInWhateverOrderTheyCome() {
        NostrEvent old = events.addressable(100, "wss://a/", "old");
        NostrEvent young = events.addressable(200, "wss://a/", "young");
        assertThat(store.add(young)).isEqualTo(EventStore.Kept.NEW);
        assertThat(store.add(old)).isEqualTo(EventStore.Kept.NEWER_IS_HERE);
        assertThat(store.all()).containsExactly(young);

        NostrEvent youngest = events.addressable(300, "wss://a/", "youngest");
        assertThat(store.add(youngest)).isEqualTo(EventStore.Kept.NEW);
        assertThat(store.all()).containsExactly(youngest);
        assertThat(find(Filter.ANY.withIds(List.of(young.id())))).isEmpty();
    }

    @Test
    void ofTheSameSecondTheLowestIdWins() {
        List<NostrEvent> both = Stream.of("one", "two")
                .map(content -> events.addressable(100, "d", content))
                .sorted(java.util.Comparator.comparing(NostrEvent::id))
                .toList();
        store.add(both.get(1));
        assertThat(store.add(both.get(0))).isEqualTo(EventStore.Kept.NEW);
        assertThat(store.add(both.get(1))).isEqualTo(EventStore.Kept.NEWER_IS_HERE);
        assertThat(store.all()).containsExactly(both.get(0));
    }

    @Test
    void addressesDifferByKindAuthorAndD() {
        Events another = new Events();
        store.add(events.addressable(100, "a", ""));
        store.add(events.addressable(100, "b", ""));
        store.add(another.addressable(100, "a", ""));
        store.add(events.at(100, 10166, List.of(List.of("d", "ignored")), "replaceable"));
        store.add(events.at(101, 10166, List.of(), "replaces it"));
        assertThat(store.size()).isEqualTo(4);
        assertThat(store.latest(10166, events.pubkey(), "").orElseThrow().content())
                .isEqualTo("replaces it");
        assertThat(store.latest(Events.ADDRESSABLE, another.pubkey(), "a")).isPresent();
        assertThat(store.latest(Events.ADDRESSABLE, another.pubkey(), "b")).isEmpty();
    }

    @Test
    void answersNewestFirstWithinLimitSinceAndUntil() {
        List<NostrEvent> notes = Stream.of(30L, 10L, 20L).map(this::note).toList();
        notes.forEach(store::add);
        assertThat(find(Filter.ANY)).extracting(NostrEvent::createdAt).containsExactly(30L, 20L, 10L);
        assertThat(find(Filter.ANY.withLimit(1)))
                .extracting(NostrEvent::createdAt)
                .containsExactly(30L);
        assertThat(find(Filter.ANY.withLimit(0))).isEmpty();
        assertThat(find(new Filter(List.of(), List.of(), List.of(), Map.of(), 10L, 20L, null)))
                .extracting(NostrEvent::createdAt)
                .containsExactly(20L, 10L);
    }

    @Test
    void answersByIdAuthorKindAndTagAndNamesNoEventTwice() {
        NostrEvent note = note(10);
        NostrEvent discovery = events.addressable(20, "wss://a/", "");
        store.add(note);
        store.add(discovery);
        Filter byTag = new Filter(List.of(), List.of(), List.of(), Map.of("d", List.of("wss://a/")), null, null, null);
        assertThat(find(byTag)).containsExactly(discovery);
        assertThat(find(Filter.ANY.withKinds(List.of(1)))).containsExactly(note);
        assertThat(find(Filter.ANY.withIds(List.of(note.id(), note.id())))).containsExactly(note);
        assertThat(find(Filter.ANY.withAuthors(List.of(new Events().pubkey())))).isEmpty();
        assertThat(store.query(List.of(byTag, Filter.ANY))).containsExactly(discovery, note);
    }

    @Test
    void keepsNoMoreThanItsBoundAndTheOldestLeavesFirst() {
        for (long second : List.of(1L, 9L, 3L, 7L, 5L, 6L)) {
            store.add(note(second));
        }
        assertThat(store.all()).extracting(NostrEvent::createdAt).containsExactly(9L, 7L, 6L, 5L, 3L);
    }

    @Test
    void knowsADuplicate() {
        store.add(note(1));
        NostrEvent again = store.all().get(0);
        assertThat(store.add(again)).isEqualTo(EventStore.Kept.ALREADY_HERE);
        assertThat(EventStore.Kept.ALREADY_HERE.words()).startsWith("duplicate:");
    }
}
