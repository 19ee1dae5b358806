package org.nostrmonitor.http;

import io.vertx.core.Future;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.storage.RelayViews.Count;
import org.nostrmonitor.storage.Statistics;

/** What the made-up relays have in common, now and on forty days before, of which two were not counted. */
final class DemoStatistics implements Statistics {
    private static final int DAYS = 40;
    /** Latitude and longitude of Berlin, Ashburn and Helsinki, by what is left of the seed. */
    private static final double[][] PLACES = {{52.52, 13.4}, {39.04, -77.49}, {60.17, 24.94}};

    private final List<DemoRelay> relays;
    private final InstantSource clock;
    private final BooleanSupplier away;
    /** Whether the address databases are missing. */
    volatile boolean placeless;
    /** What relays say that they run, and what their systems are called; null for what the made-up relays say. */
    volatile @Nullable String said;
    /** How many values there are at most. */
    volatile int most = KEPT;
    /** How many days before today were counted. */
    volatile int days = DAYS;

    DemoStatistics(List<DemoRelay> relays, InstantSource clock, BooleanSupplier away) {
        this.relays = List.copyOf(relays);
        this.clock = clock;
        this.away = away;
    }

    private <T extends @Nullable Object> Future<T> read(Supplier<T> value) {
        return away.getAsBoolean()
                ? Future.failedFuture(new ConnectException("Connection refused: secret-host/10.0.0.1:5432"))
                : Future.succeededFuture(value.get());
    }

    private List<DemoRelay> up() {
        return relays.stream().filter(relay -> relay.state().isUp()).toList();
    }

    @Override
    public Future<@Nullable Shape> shape() {
        return read(() -> relays.isEmpty() ? null : shapeNow());
    }

    private Shape shapeNow() {
        Instant now = clock.instant();
        int[] opens = new int[Shape.OPEN_BOUNDS_MS.size() + 1];
        for (DemoRelay relay : up()) {
            Duration open = relay.item(now).open();
            if (open != null) {
                int bucket = (int) Shape.OPEN_BOUNDS_MS.stream()
                        .filter(bound -> open.toNanos() >= bound * 1_000_000L)
                        .count();
                opens[bucket]++;
            }
        }
        List<Count> countries = placeless ? List.of() : counts(values(Kind.COUNTRY, now));
        int inCountry = countries.stream().mapToInt(Count::relays).sum();
        List<Place> places = placeless ? List.of() : places();
        return new Shape(
                now.minusSeconds(35),
                up().size(),
                IntStream.of(opens).boxed().toList(),
                countries,
                inCountry,
                countries.size(),
                places,
                places.stream().mapToInt(Place::up).sum());
    }

    private List<Place> places() {
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < PLACES.length; i++) {
            int here = i;
            List<DemoRelay> there = relays.stream()
                    .filter(relay -> relay.state() != RelayState.UNKNOWN && relay.seed() % 3 == here)
                    .toList();
            int up = (int) there.stream().filter(relay -> relay.state().isUp()).count();
            places.add(new Place(PLACES[i][0], PLACES[i][1], there.size(), up));
        }
        places.sort(Comparator.comparing(Place::up).reversed());
        return places;
    }

    private Stream<String> values(Kind kind, Instant now) {
        Function<DemoRelay, Stream<@Nullable String>> value = relay -> switch (kind) {
            case SOFTWARE -> Stream.ofNullable(said == null ? relay.software() : said(relay.seed() % 3 + " "));
            case NIP -> relay.nips().stream().map(String::valueOf);
            case COUNTRY -> Stream.ofNullable(relay.item(now).traits().country());
            case NETWORK -> Stream.of(relay.url().network().label());
            case ASN -> Stream.ofNullable(relay.item(now).traits().asn()).map(String::valueOf);
        };
        return up().stream().flatMap(value).filter(Objects::nonNull);
    }

    private static List<Count> counts(Stream<String> values) {
        return values
                .collect(Collectors.groupingBy(Function.identity(), Collectors.summingInt(v -> 1)))
                .entrySet()
                .stream()
                .map(e -> new Count(e.getKey(), e.getValue()))
                .sorted(Comparator.comparing(Count::relays).reversed().thenComparing(Count::what))
                .toList();
    }

    @Override
    public Future<Tallies> tallies(Kind kind, LocalDate first, LocalDate last, int most) {
        return read(() -> {
            Instant now = clock.instant();
            boolean unknown = placeless && (kind == Kind.COUNTRY || kind == Kind.ASN);
            List<Count> counted = unknown ? List.of() : counts(values(kind, now));
            List<Day> told = days(kind, counted, first, last, now);
            List<Series> series = new ArrayList<>();
            for (Count one :
                    counted.subList(0, told.isEmpty() ? 0 : Math.min(Math.min(most, this.most), counted.size()))) {
                Map<LocalDate, Integer> relays = new HashMap<>();
                told.forEach(day -> relays.put(day.day(), on(day.day(), one, now)));
                String name = kind == Kind.ASN && !one.what().equals("24002") ? name(one.what()) : null;
                series.add(new Series(
                        one.what(),
                        name,
                        told.stream().map(day -> relays.get(day.day())).toList()));
            }
            return new Tallies(kind, 1, told, series);
        });
    }

    private String name(String asn) {
        return said == null ? "Net " + asn : said("");
    }

    /** As much of it as is counted by. */
    private String said(String before) {
        String text = before + said;
        return text.substring(0, Math.min(200, text.length()));
    }

    private List<Day> days(Kind kind, List<Count> counted, LocalDate first, LocalDate last, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        List<Day> told = new ArrayList<>();
        int sum = counted.stream().mapToInt(Count::relays).sum();
        for (int before = relays.isEmpty() ? -1 : days; before >= 0; before--) {
            LocalDate day = today.minusDays(before);
            boolean counts = before != 7 && before != 8;
            if (counts && !day.isBefore(first) && !day.isAfter(last)) {
                Instant takenAt =
                        before == 0 ? now.minusSeconds(200) : day.atTime(23, 55).toInstant(ZoneOffset.UTC);
                int known = kind != Kind.NIP
                        ? sum
                        : (int) up().stream()
                                .filter(relay -> !relay.nips().isEmpty())
                                .count();
                told.add(new Day(day, takenAt, up().size(), known, counted.size()));
            }
        }
        return told;
    }

    private static int on(LocalDate day, Count one, Instant now) {
        long before = LocalDate.ofInstant(now, ZoneOffset.UTC).toEpochDay() - day.toEpochDay();
        return (int) Math.max(0, one.relays() - before * (one.what().hashCode() % 3) / 8);
    }
}
