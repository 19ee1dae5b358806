package org.nostrmonitor.http;

import io.vertx.core.Future;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Network;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.Family;
import org.nostrmonitor.storage.Narrowing;
import org.nostrmonitor.storage.RelayViews;
import org.nostrmonitor.storage.RelayViews.Failure;
import org.nostrmonitor.storage.Traits;

/** The views over relays that are held in a list. Can be told to be away. */
final class DemoViews implements RelayViews {
    private final List<DemoRelay> relays;
    private final InstantSource clock;
    volatile boolean away;
    /** From when lists are, if they are not of now; or null. */
    volatile @Nullable Instant listBefore;
    /** How long ago everything was found. */
    volatile Duration old = Duration.ZERO;
    /** What is read instead of all that is here, or null. */
    volatile @Nullable RelayViews instead;
    /** How often a page of the list was asked for. */
    final AtomicInteger lists = new AtomicInteger();

    final Map<RelayUrl, Family> families = new ConcurrentHashMap<>();

    DemoViews(List<DemoRelay> relays, InstantSource clock) {
        this.relays = List.copyOf(relays);
        this.clock = clock;
    }

    private <T extends @Nullable Object> Future<T> read(Supplier<T> value) {
        return away
                ? Future.failedFuture(new ConnectException("Connection refused: secret-host/10.0.0.1:5432"))
                : Future.succeededFuture(value.get());
    }

    @Override
    public Future<Overview> overview() {
        RelayViews other = instead;
        if (other != null) {
            return other.overview();
        }
        return read(this::overviewNow);
    }

    private Overview overviewNow() {
        Instant now = clock.instant().minus(old);
        Map<RelayState, Integer> states = new EnumMap<>(RelayState.class);
        Stream.of(RelayState.values()).forEach(state -> states.put(state, 0));
        Map<Network, Integer> networks = new EnumMap<>(Network.class);
        relays.forEach(relay -> states.merge(relay.state(), 1, Integer::sum));
        List<DemoRelay> up =
                relays.stream().filter(relay -> relay.state().isUp()).toList();
        up.forEach(relay -> networks.merge(relay.url().network(), 1, Integer::sum));
        List<Duration> open = sorted(up, relay -> relay.item(now).open());
        List<Duration> read = sorted(up, relay -> relay.item(now).read());
        return new Overview(
                states,
                open.isEmpty() ? null : open.get(open.size() / 2),
                open.isEmpty() ? null : open.get(open.size() * 95 / 100),
                read.isEmpty() ? null : read.get(read.size() / 2),
                networks,
                relays.stream()
                        .filter(relay -> relay.state() != RelayState.UNKNOWN)
                        .map(relay -> relay.item(now))
                        .sorted(Comparator.comparing(Item::since).reversed())
                        .limit(12)
                        .toList(),
                failures(now),
                counts(up.stream().map(DemoRelay::software).filter(Objects::nonNull)),
                counts(up.stream().flatMap(relay -> relay.nips().stream()).map(String::valueOf)),
                relays.isEmpty() ? null : now.minusSeconds(20),
                families.values().stream().mapToInt(Family::total).sum(),
                DemoOngoing.of(relays, now));
    }

    private List<Failure> failures(Instant now) {
        Map<Reason, List<Item>> byReason = relays.stream()
                .filter(relay -> relay.state() == RelayState.OFFLINE)
                .map(relay -> relay.item(now))
                .filter(item -> item.reason() != null && item.stage() != null)
                .collect(Collectors.groupingBy(item -> Objects.requireNonNull(item.reason())));
        return byReason.values().stream()
                .map(items -> new Failure(
                        Objects.requireNonNull(items.get(0).stage()),
                        Objects.requireNonNull(items.get(0).reason()),
                        items.size()))
                .sorted(Comparator.comparing(Failure::relays).reversed())
                .toList();
    }

    private static List<Duration> sorted(List<DemoRelay> relays, Function<DemoRelay, @Nullable Duration> value) {
        return relays.stream().map(value).filter(Objects::nonNull).sorted().toList();
    }

    private static List<Count> counts(Stream<String> values) {
        return values
                .collect(Collectors.groupingBy(Function.identity(), Collectors.summingInt(v -> 1)))
                .entrySet()
                .stream()
                .map(e -> new Count(e.getKey(), e.getValue()))
                .sorted(Comparator.comparing(Count::relays).reversed().thenComparing(Count::what))
                .limit(10)
                .toList();
    }

    @Override
    public Future<Page> relays(Query query) {
        lists.incrementAndGet();
        RelayViews other = instead;
        if (other != null) {
            return other.relays(query);
        }
        int from = query.cursor() == null ? 0 : offset(query);
        if (from < 0) {
            return Future.failedFuture(new InvalidCursor());
        }
        Instant before = listBefore;
        return before == null ? read(() -> page(query, from)) : Future.succeededFuture(before(query, from, before));
    }

    private Page before(Query query, int from, Instant at) {
        Page page = page(query, from);
        return new Page(page.items().stream().map(DemoViews::withoutStrip).toList(), page.total(), page.next(), at);
    }

    private static Item withoutStrip(Item item) {
        return new Item(
                item.url(),
                item.state(),
                item.since(),
                item.checkedAt(),
                item.stage(),
                item.reason(),
                item.open(),
                item.read(),
                item.write(),
                item.writable(),
                item.name(),
                item.software(),
                "",
                item.traits());
    }

    @Override
    public Future<Page> part(Query query) {
        RelayViews other = instead;
        return other == null ? relays(query) : other.part(query);
    }

    private static int offset(Query query) {
        String cursor = Objects.requireNonNull(query.cursor());
        String prefix = query.sort() + "." + query.descending() + ".";
        return cursor.startsWith(prefix) ? Integer.parseInt(cursor.substring(prefix.length())) : -1;
    }

    private Page page(Query query, int from) {
        Instant now = clock.instant().minus(old);
        Comparator<Item> order = order(query.sort());
        List<Item> all = relays.stream()
                .filter(relay -> matches(relay, query, now))
                .map(relay -> relay.item(now))
                .sorted((query.descending() ? order.reversed() : order).thenComparing(item -> item.url()))
                .toList();
        List<Item> items = all.stream().skip(from).limit(query.most()).toList();
        int end = from + items.size();
        String next = end < all.size() ? query.sort() + "." + query.descending() + "." + end : null;
        return new Page(items, all.size(), next);
    }

    private static Comparator<Item> order(Sort sort) {
        return switch (sort) {
            case URL -> Comparator.comparing(Item::url);
            case STATE -> Comparator.comparing(item -> item.state().code());
            case NETWORK -> Comparator.comparing(item -> item.url().network().code());
            case SINCE -> Comparator.comparing(Item::since);
            case NAME -> nullsLast(Item::name);
            case SOFTWARE -> nullsLast(Item::software);
            case OPEN -> nullsLast(Item::open);
            case READ -> nullsLast(Item::read);
            case WRITE -> nullsLast(Item::write);
            case WRITABLE -> nullsLast(Item::writable);
            case CHECKED -> nullsLast(Item::checkedAt);
            case ADDED -> nullsLast(item -> item.traits().addedAt());
            case COUNTRY -> nullsLast(item -> item.traits().country());
            case ASN -> nullsLast(item -> item.traits().asn());
            case UPTIME -> nullsLast(item -> item.traits().uptime().week());
        };
    }

    private static <T extends Comparable<? super T>> Comparator<Item> nullsLast(Function<Item, @Nullable T> key) {
        return Comparator.comparing(key, Comparator.nullsLast(Comparator.naturalOrder()));
    }

    private static boolean matches(DemoRelay relay, Query query, Instant now) {
        String text = (relay.url() + " " + relay.name() + " " + relay.software()).toLowerCase(Locale.ROOT);
        return text.contains(query.text().toLowerCase(Locale.ROOT))
                && (query.state() == null || query.state() == relay.state())
                && (query.network() == null || query.network() == relay.url().network())
                && (query.software() == null || query.software().equals(relay.software()))
                && (query.nip() == null || relay.nips().contains(query.nip()))
                && (query.writable() == null
                        || query.writable().equals(relay.item(now).writable()))
                && matches(relay.item(now).traits(), query.narrowing());
    }

    /** What has no index here, places and times, is left to the tests of the database. */
    private static boolean matches(Traits traits, Narrowing asked) {
        return traits.nips().containsAll(asked.nips())
                && traits.tags().containsAll(asked.tags())
                && (asked.country() == null || asked.country().equals(traits.country()))
                && (asked.asn() == null || asked.asn().equals(traits.asn()))
                && (asked.auth() == null || asked.auth().equals(traits.auth()))
                && (asked.payment() == null || asked.payment().equals(traits.payment()));
    }

    @Override
    public Future<@Nullable Detail> relay(RelayUrl url) {
        RelayViews other = instead;
        if (other != null) {
            return other.relay(url);
        }
        return read(() ->
                find(url).map(relay -> relay.detail(clock.instant().minus(old))).orElse(null));
    }

    @Override
    public Future<Family> family(RelayUrl url) {
        RelayViews other = instead;
        if (other != null) {
            return other.family(url);
        }
        return read(() -> families.getOrDefault(url, Family.ALONE));
    }

    private java.util.Optional<DemoRelay> find(RelayUrl url) {
        return relays.stream().filter(relay -> relay.url().equals(url)).findFirst();
    }

    @Override
    public Future<List<Result>> results(RelayUrl url, @Nullable String region, @Nullable Instant before, int most) {
        RelayViews other = instead;
        if (other != null) {
            return other.results(url, region, before, most);
        }
        return read(() -> find(url).stream()
                .filter(relay -> relay.state() != RelayState.UNKNOWN)
                .flatMap(relay -> relay.results(clock.instant().minus(old)).stream())
                .filter(result -> region == null || result.region().equals(region))
                .filter(result -> before == null || result.cycle().isBefore(before))
                .limit(most)
                .toList());
    }
}
