package org.nostrmonitor.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.storage.Reports.event;
import static org.nostrmonitor.storage.Reports.online;
import static org.nostrmonitor.storage.Storage.await;

import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.nostr.EventJson;
import org.nostrmonitor.nostr.Filter;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.relay.RelayUrl;

class PgStoredEventsTest {
    private static final RelayUrl TARGET = RelayUrl.of("wss://target.example/");
    private static final int USUAL = 100;
    private static final int MOST = 1000;
    private static final Comparator<NostrEvent> NEWEST =
            Comparator.comparingLong(NostrEvent::createdAt).reversed().thenComparing(NostrEvent::id);

    @RegisterExtension
    static final Storage STORAGE = new Storage();

    @Test
    void findsByEveryFieldWhatTheSameFilterMatches() {
        Random random = new Random(66);
        List<NostrEvent> events =
                IntStream.range(0, 150).mapToObj(i -> anEvent(random, i)).toList();
        store(events.toArray(NostrEvent[]::new));

        for (int i = 0; i < 150; i++) {
            List<Filter> filters = IntStream.rangeClosed(0, random.nextInt(3))
                    .mapToObj(n -> aFilter(random, events))
                    .toList();
            List<String> expected = filters.stream()
                    .flatMap(filter -> matching(filter, events))
                    .distinct()
                    .sorted(NEWEST)
                    .map(NostrEvent::id)
                    .toList();
            assertThat(find(filters.toArray(Filter[]::new))).as("%s", filters).isEqualTo(expected);
        }
    }

    private static Stream<NostrEvent> matching(Filter filter, List<NostrEvent> events) {
        Integer limit = filter.limit();
        return events.stream().filter(filter::matches).sorted(NEWEST).limit(limit == null ? USUAL : limit);
    }

    private static NostrEvent anEvent(Random random, int number) {
        List<List<String>> tags = new ArrayList<>(List.of(List.of("d", "wss://r" + number + ".example/")));
        for (String letter : List.of("n", "N", "R", "t")) {
            if (random.nextBoolean()) {
                tags.add(List.of(letter, String.valueOf(random.nextInt(4)), "more"));
            }
        }
        tags.add(List.of("rtt-open", "7"));
        tags.add(List.of("t"));
        String id = "%064x".formatted(random.nextInt(1_000_000) * 1000L + number);
        String author = random.nextBoolean() ? "aa".repeat(32) : "bb".repeat(32);
        int kind = random.nextInt(4) == 0 ? 10166 : 30166;
        return new NostrEvent(id, author, 1000 + random.nextInt(20), kind, tags, "{}", "cd".repeat(64));
    }

    private static Filter aFilter(Random random, List<NostrEvent> events) {
        Filter filter = random.nextBoolean() ? Filter.ANY : Filter.ANY.withLimit(random.nextInt(30));
        NostrEvent one = events.get(random.nextInt(events.size()));
        if (random.nextInt(4) == 0) {
            filter = filter.withIds(List.of(one.id(), events.get(0).id()));
        }
        if (random.nextInt(3) == 0) {
            filter = filter.withAuthors(List.of(one.pubkey()));
        }
        if (random.nextInt(3) == 0) {
            filter = filter.withKinds(random.nextBoolean() ? List.of(one.kind()) : List.of(10166, 30166, 0));
        }
        Map<String, List<String>> tags = new HashMap<>();
        for (String letter : List.of("n", "N", "R", "t")) {
            if (random.nextInt(3) == 0) {
                tags.put(letter, List.of(String.valueOf(random.nextInt(4)), "2"));
            }
        }
        Long since = random.nextInt(3) == 0 ? (Long) (1000L + random.nextInt(20)) : null;
        Long until = random.nextInt(3) == 0 ? (Long) (1000L + random.nextInt(20)) : null;
        return new Filter(filter.ids(), filter.authors(), filter.kinds(), tags, since, until, filter.limit());
    }

    @Test
    void cardsMatchAsTheEventsDo() {
        Random random = new Random(67);
        List<NostrEvent> events =
                IntStream.range(0, 50).mapToObj(i -> anEvent(random, i)).toList();
        Snapshot before = await(STORAGE.events().now());
        store(events.toArray(NostrEvent[]::new));
        List<EventCard> cards = new ArrayList<>();
        await(STORAGE.events().since(before, page -> {
            cards.addAll(page);
            return Future.succeededFuture();
        }));

        for (int i = 0; i < 200; i++) {
            Filter filter = aFilter(random, events);
            assertThat(cards.stream()
                            .filter(EventFilter.of(filter, USUAL, MOST)::matches)
                            .map(EventCard::id))
                    .containsExactlyInAnyOrderElementsOf(events.stream()
                            .filter(filter::matches)
                            .map(NostrEvent::id)
                            .toList());
        }
    }

    @Test
    void servesTheTextAsItWasStored() {
        NostrEvent event = new NostrEvent(
                "%064x".formatted(5),
                "ab".repeat(32),
                100,
                30166,
                List.of(List.of("d", "wss://a.example/"), List.of("t", "ß".repeat(2000)), List.of("t", "\\u0000 \"😀")),
                "{\"name\":\"\\u0000\\ud800\"}",
                "cd".repeat(64));
        store(event);

        assertThat(await(STORAGE.events().texts(List.of(event.id(), "%064x".formatted(6)))))
                .isEqualTo(Map.of(event.id(), EventJson.write(event)));
        assertThat(find(tag("t", "ß".repeat(2000)))).containsExactly(event.id());
        assertThat(find(tag("t", "\\u0000 \"😀"))).containsExactly(event.id());
        assertThat(find(tag("t", "ß"))).isEmpty();
    }

    @Test
    void knowsOnlyTheNewestOfARelayAndNoneOfARelayThatIsGone() {
        report("wss://a.example/", 0, event(1, 100));
        report("wss://a.example/", 15, event(2, 200));
        report("wss://b.example/", 0, event(3, 150));
        await(STORAGE.outbox().announce(event(4, 100, 10166), List.of(TARGET)));
        await(STORAGE.outbox().announce(event(5, 250, 10166), List.of(TARGET)));
        await(STORAGE.outbox()
                .settled(TARGET, List.of(new LastWord(event(2, 200).id(), "accepted", ""))));

        assertThat(find(Filter.ANY)).containsExactly(id(5), id(2), id(3));
        assertThat(await(STORAGE.events().count(List.of(EventFilter.of(Filter.ANY, 1, 1)))))
                .isEqualTo(3);
        STORAGE.postgres.execute("DELETE FROM relays WHERE url = 'wss://a.example/'");
        assertThat(find(Filter.ANY)).containsExactly(id(5), id(3));
        STORAGE.postgres.execute("TRUNCATE relays CASCADE");
        assertThat(find(Filter.ANY)).containsExactly(id(5));
    }

    @Test
    void takesARelayWithoutTheFinalSlash() {
        store(new NostrEvent(
                id(1), "ab".repeat(32), 100, 30166, List.of(List.of("d", "wss://a.example/")), "", "cd".repeat(64)));

        assertThat(find(tag("d", "wss://a.example"))).containsExactly(id(1));
        assertThat(find(tag("d", "wss://a.example/"))).containsExactly(id(1));
        assertThat(find(tag("d", "wss://a.example/x"), tag("d", "wss://a.exampl")))
                .isEmpty();
    }

    /** An early transaction that ends late: a look by time, or by the highest number, would pass by its event. */
    @Test
    void tellsOfEveryNewEventOnceWhateverTheOrderOfTheTransactions() throws Exception {
        Snapshot start = await(STORAGE.events().now());
        try (Connection slow = DriverManager.getConnection(STORAGE.postgres.jdbcUrl());
                Statement statement = slow.createStatement()) {
            slow.setAutoCommit(false);
            STORAGE.know("wss://slow.example/");
            statement.execute(insert("wss://slow.example/", event(1, 100)));
            store(event(2, 100));
            List<String> first = new ArrayList<>();
            Snapshot afterFirst = look(start, first);
            assertThat(first).containsExactly(id(2));

            store(event(3, 100));
            slow.commit();
            List<String> second = new ArrayList<>();
            Snapshot afterSecond = look(afterFirst, second);
            assertThat(second).containsExactlyInAnyOrder(id(1), id(3));
            assertThat(afterFirst.sees(Long.parseLong(STORAGE.value("SELECT max(writer)::text FROM event_index"))))
                    .isFalse();

            List<String> third = new ArrayList<>();
            look(afterSecond, third);
            assertThat(third).isEmpty();
        }
    }

    @Test
    void tellsOfManyNewEventsInPages() {
        Snapshot start = await(STORAGE.events().now());
        STORAGE.knowMany(2500);
        STORAGE.postgres.execute("""
                INSERT INTO discovery_events (relay_id, pubkey, event_id, created_at, event, pending)
                SELECT id, 'ab', lpad(id::text, 64, '0'), 100,
                    json_build_object('pubkey', 'ab', 'kind', 30166, 'tags', '[]'::json), '{}' FROM relays""");
        List<Integer> pages = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        await(STORAGE.events().since(start, cards -> {
            pages.add(cards.size());
            cards.forEach(card -> ids.add(card.id()));
            return Future.succeededFuture();
        }));

        assertThat(pages).containsExactly(1000, 1000, 500);
        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void readsOnly() {
        assertThat(STORAGE.reader()
                        .run("DELETE FROM event_index")
                        .transform(done -> Future.succeededFuture(done.failed()))
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join())
                .isTrue();
    }

    private static Snapshot look(Snapshot before, List<String> found) {
        return await(STORAGE.events().since(before, cards -> {
            cards.forEach(card -> found.add(card.id()));
            return Future.succeededFuture();
        }));
    }

    private static String id(int number) {
        return event(number, 0).id();
    }

    private static Filter tag(String letter, String value) {
        return new Filter(List.of(), List.of(), List.of(), Map.of(letter, List.of(value)), null, null, null);
    }

    private static List<String> find(Filter... filters) {
        List<EventFilter> all = List.of(filters).stream()
                .map(filter -> EventFilter.of(filter, USUAL, MOST))
                .toList();
        return await(STORAGE.events().find(all)).ids();
    }

    private static void report(String relay, long minute, NostrEvent event) {
        STORAGE.know(relay);
        await(STORAGE.reports().store(online(relay).minutesLater(minute).finding(event, TARGET.value())));
    }

    /** Each under a relay of its own, whatever it says. */
    private static void store(NostrEvent... events) {
        STORAGE.know(Arrays.stream(events).map(PgStoredEventsTest::relay).toArray(String[]::new));
        STORAGE.postgres.execute(
                Arrays.stream(events).map(event -> insert(relay(event), event)).collect(Collectors.joining(";")));
    }

    private static String relay(NostrEvent event) {
        return "wss://r.example/" + event.id();
    }

    private static String insert(String relay, NostrEvent event) {
        return """
                INSERT INTO discovery_events (relay_id, pubkey, event_id, created_at, event, pending)
                SELECT id, '%s', '%s', %d, $json$%s$json$, '{}' FROM relays WHERE url = '%s'""".formatted(event.pubkey(), event.id(), event.createdAt(), EventJson.write(event), relay);
    }
}
