package org.nostrmonitor.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.storage.Storage.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.storage.RelayViews.Aliases;
import org.nostrmonitor.storage.RelayViews.Item;
import org.nostrmonitor.storage.RelayViews.Page;
import org.nostrmonitor.storage.RelayViews.Query;
import org.nostrmonitor.storage.RelayViews.Sort;

/** Several conditions at once find what fulfils each of them, judged by what the list says of its relays. */
class PgListMixturesTest {
    private static final int RELAYS = 150;

    private static final String MIXED = """
            UPDATE relay_summary SET
                state = relay_id % 4,
                writable = CASE relay_id % 3 WHEN 0 THEN true WHEN 1 THEN false END,
                auth = CASE relay_id % 5 WHEN 0 THEN true WHEN 1 THEN false END,
                payment = CASE relay_id % 2 WHEN 0 THEN true ELSE false END,
                pow = CASE relay_id % 7 WHEN 0 THEN true WHEN 1 THEN false END,
                restricted = CASE relay_id % 4 WHEN 0 THEN true WHEN 1 THEN false END,
                country = (ARRAY['AA', 'AB', 'BA', 'ZZ', NULL])[1 + relay_id % 5],
                asn = CASE WHEN relay_id % 3 > 0 THEN relay_id % 3 + 4200000000 END,
                uptime = (ARRAY[0, 5000, 9899, 9900, 10000, NULL])[1 + relay_id % 6],
                open_us = CASE WHEN relay_id % 4 > 0 THEN relay_id % 11 * 1000 END,
                added_at = timestamptz '2026-01-01' + interval '1 microsecond' * (relay_id % 9),
                nips = ((ARRAY['{}', '{1}', '{1,11,50}', '{0,62,63,64}', '{63}', '{7000,-5,11}'])[1 + relay_id % 6])::integer[],
                tags = (CASE relay_id % 2 WHEN 0 THEN '{art,music}' ELSE '{art}' END)::text[],
                software = CASE relay_id % 3 WHEN 0 THEN repeat('s', 250) WHEN 1 THEN 'strfry' END,
                search = url || CASE relay_id % 3 WHEN 0 THEN ' grün' WHEN 1 THEN ' %_+' ELSE '' END""";

    @RegisterExtension
    static final Storage STORAGE = new Storage();

    private final Random random = new Random(7);
    private final List<Predicate<Item>> expected = new ArrayList<>();

    @Test
    void findWhatFulfilsAllOfThem() {
        STORAGE.knowMany(RELAYS);
        STORAGE.postgres.execute(MIXED);
        RelayViews views = STORAGE.views();
        List<Item> all =
                await(views.part(query(null, "", null, null, Narrowing.NONE))).items();
        assertThat(all).hasSize(RELAYS);

        int found = 0;
        for (int i = 0; i < 800; i++) {
            expected.clear();
            Query query = aQuery();

            Page page = await(views.part(query));

            assertThat(page.items())
                    .as("%s", query)
                    .isEqualTo(all.stream()
                            .filter(item -> expected.stream().allMatch(condition -> condition.test(item)))
                            .toList());
            assertThat(page.total()).isEqualTo(page.items().size());
            found += page.total();
        }
        assertThat(found).as("relays found in all").isGreaterThan(4_000);
    }

    private Query aQuery() {
        return query(
                maybe(List.of(RelayState.values()), (item, state) -> item.state() == state),
                text(),
                maybe(List.of("strfry", "s".repeat(200), "s"), PgListMixturesTest::hasSoftware),
                maybe(List.of(true, false), (item, writable) -> writable.equals(item.writable())),
                new Narrowing(
                        someNips(),
                        someTags(),
                        maybe(
                                List.of("AA", "AB", "BA", "ZZ", "DE"),
                                (item, c) -> c.equals(traits(item).country())),
                        maybe(
                                List.of(4200000001L, 4200000002L, 1L),
                                (item, asn) -> asn.equals(traits(item).asn())),
                        maybe(
                                List.of(true, false),
                                (item, value) -> value.equals(traits(item).auth())),
                        maybe(
                                List.of(true, false),
                                (item, value) -> value.equals(traits(item).payment())),
                        maybe(
                                List.of(true, false),
                                (item, value) -> value.equals(traits(item).pow())),
                        maybe(
                                List.of(true, false),
                                (item, value) -> value.equals(traits(item).restricted())),
                        maybe(List.of(0.0, 0.5, 0.98994, 0.99, 0.9901, 1.0), PgListMixturesTest::isUp),
                        maybe(
                                List.of(Duration.ofNanos(2_999_999), Duration.ofMillis(3), Duration.ofDays(1)),
                                (item, most) ->
                                        item.open() != null && item.open().compareTo(most) <= 0),
                        maybe(
                                List.of(
                                        Instant.parse("2026-01-01T00:00:00.000004Z"),
                                        Instant.parse("2026-01-01T00:00:00.000004001Z")),
                                (item, since) -> !Objects.requireNonNull(
                                                traits(item).addedAt())
                                        .isBefore(since)),
                        null));
    }

    private static boolean hasSoftware(Item item, String software) {
        String whole = item.software();
        return whole != null && software.equals(whole.substring(0, Math.min(200, whole.length())));
    }

    private static boolean isUp(Item item, double share) {
        Double week = traits(item).uptime().week();
        return week != null && week >= share;
    }

    private List<Integer> someNips() {
        List<Integer> nips = random.nextInt(4) > 0
                ? List.of()
                : random.ints(1 + random.nextInt(2), 0, 6)
                        .mapToObj(i -> List.of(1, 11, 62, 63, 64, 7000).get(i))
                        .toList();
        expected.add(item -> traits(item).nips().containsAll(nips));
        return nips;
    }

    private List<String> someTags() {
        List<String> tags = List.of(List.<String>of(), List.<String>of(), List.of("art"), List.of("art", "music"))
                .get(random.nextInt(4));
        expected.add(item -> traits(item).tags().containsAll(tags));
        return tags;
    }

    private String text() {
        String text = List.of("", "", "", "r0001", "GRÜ", "%_+", "WSS://r0000", "ss://r", "wss://r00009.example/")
                .get(random.nextInt(9));
        String small = text.toLowerCase(Locale.ROOT);
        expected.add(item -> {
            String url = item.url().value();
            return small.startsWith("wss://") ? url.startsWith(small) : (url + words(item)).contains(small);
        });
        return text;
    }

    private static String words(Item item) {
        String software = item.software();
        return software == null ? "" : software.equals("strfry") ? " %_+" : " grün";
    }

    private interface Fits<T> {
        boolean test(Item item, T value);
    }

    private <T> @Nullable T maybe(List<T> values, Fits<T> fits) {
        if (random.nextInt(8) > 0) {
            return null;
        }
        T value = values.get(random.nextInt(values.size()));
        expected.add(item -> fits.test(item, value));
        return value;
    }

    private static Query query(
            @Nullable RelayState state,
            String text,
            @Nullable String software,
            @Nullable Boolean writable,
            Narrowing narrowing) {
        return new Query(
                text, state, null, software, null, writable, Aliases.NONE, narrowing, Sort.URL, false, null, 200);
    }

    private static Traits traits(Item item) {
        return item.traits();
    }
}
