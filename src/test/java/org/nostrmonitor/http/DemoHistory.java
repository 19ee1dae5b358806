package org.nostrmonitor.http;

import io.vertx.core.Future;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Stage;
import org.nostrmonitor.storage.History;
import org.nostrmonitor.storage.RelayViews.InvalidCursor;
import org.nostrmonitor.storage.RelayViews.Item;

/**
 * A past of the made-up relays that agrees with what they are now: down since they are, and for three hours every ninth day
 * before. The same on every run. Days for a year, hours for a month.
 */
final class DemoHistory implements History {
    private static final Duration OUTAGE = Duration.ofHours(3);
    private static final int EVERY_DAYS = 9;
    private static final int PAST_OUTAGES = 40;
    private static final int HOURS_KEPT_DAYS = 30;

    private final List<DemoRelay> relays;
    private final InstantSource clock;
    private final BooleanSupplier away;

    DemoHistory(List<DemoRelay> relays, InstantSource clock, BooleanSupplier away) {
        this.relays = List.copyOf(relays);
        this.clock = clock;
        this.away = away;
    }

    private <T> Future<T> read(Supplier<T> value) {
        return away.getAsBoolean()
                ? Future.failedFuture(new ConnectException("Connection refused: secret-host/10.0.0.1:5432"))
                : Future.succeededFuture(value.get());
    }

    @Override
    public Future<List<Point>> points(
            RelayUrl url, @Nullable String region, Instant from, Instant to, Resolution resolution, Set<Phase> phases) {
        return read(() -> {
            List<Point> points = new ArrayList<>();
            DemoRelay relay = find(url);
            boolean known = region == null || DemoRelay.REGIONS.contains(region);
            if (relay != null && known && relay.state() != RelayState.UNKNOWN) {
                List<Incident> outages = incidents(relay, RelayState.OFFLINE);
                for (Instant start = from; start.isBefore(to); start = start.plus(resolution.length())) {
                    if (start.isAfter(added(relay, resolution))) {
                        points.add(only(phases, point(relay, outages, region, start, resolution)));
                    }
                }
            }
            return points;
        });
    }

    private static Point only(Set<Phase> phases, Point point) {
        Map<Phase, Times> times = new EnumMap<>(Phase.class);
        times.putAll(point.times());
        times.keySet().retainAll(phases);
        return new Point(point.from(), point.checks(), point.up(), point.known(), times);
    }

    private @Nullable DemoRelay find(RelayUrl url) {
        return relays.stream()
                .filter(relay -> relay.url().equals(url))
                .findFirst()
                .orElse(null);
    }

    private Instant added(DemoRelay relay, Resolution resolution) {
        long days = resolution == Resolution.HOUR ? HOURS_KEPT_DAYS : 40 + relay.seed();
        return clock.instant().minus(Duration.ofDays(days));
    }

    private Point point(
            DemoRelay relay, List<Incident> outages, @Nullable String region, Instant start, Resolution resolution) {
        Instant now = clock.instant();
        Instant end = start.plus(resolution.length()).isAfter(now) ? now : start.plus(resolution.length());
        Duration known = Duration.between(start, end);
        Duration down = Duration.ZERO;
        for (Incident incident : outages) {
            down = down.plus(overlap(incident, start, end));
        }
        int regions = region == null ? DemoRelay.REGIONS.size() : 1;
        int made = (int) (known.toMinutes() / 15) * regions;
        int offline = (int) (down.toMinutes() / 15) * regions;
        return new Point(
                start,
                new Checks(made - offline, 0, offline, 0),
                known.minus(down),
                known,
                made == offline ? Map.of() : times(relay, region, start, made - offline));
    }

    private Duration overlap(Incident incident, Instant start, Instant end) {
        Instant over = incident.to() == null ? clock.instant() : incident.to();
        Instant first = incident.from().isAfter(start) ? incident.from() : start;
        Instant last = over.isBefore(end) ? over : end;
        return first.isBefore(last) ? Duration.between(first, last) : Duration.ZERO;
    }

    private static Map<Phase, Times> times(DemoRelay relay, @Nullable String region, Instant start, int count) {
        double far = region == null ? 2 : region.equals(DemoRelay.REGIONS.get(0)) ? 1 : 3;
        double wave = 1 + 0.2 * Math.sin(start.getEpochSecond() / 11_000.0 + relay.seed());
        Map<Phase, Times> times = new EnumMap<>(Phase.class);
        for (Phase phase : Phase.values()) {
            double ms = relay.openMs()
                    * far
                    * wave
                    * (phase == Phase.OPEN
                            ? 1
                            : 0.1 + 0.06 * List.of(Phase.values()).indexOf(phase));
            boolean measured = phase != Phase.WRITE || relay.seed() % 3 != 0;
            if (measured && (phase != Phase.TLS || relay.url().secure())) {
                times.put(phase, new Times(count, millis(ms), millis(ms * 1.7), millis(ms * 2.4)));
            }
        }
        return times;
    }

    private static Duration millis(double ms) {
        return Duration.ofNanos((long) (ms * 1e6));
    }

    @Override
    public Future<Incidents> incidents(RelayUrl url, @Nullable String region, @Nullable String cursor, int most) {
        if (cursor != null && !cursor.matches("after-[0-9]{1,3}")) {
            return Future.failedFuture(new InvalidCursor());
        }
        return read(() -> {
            DemoRelay relay = find(url);
            List<Incident> all = relay == null ? List.of() : incidents(relay, null);
            int from = cursor == null ? 0 : Integer.parseInt(cursor.substring("after-".length()));
            int to = Math.min(all.size(), from + most);
            return new Incidents(all.subList(Math.min(from, to), to), to < all.size() ? "after-" + to : null);
        });
    }

    /** @param only of this state, or null for all */
    private List<Incident> incidents(DemoRelay relay, @Nullable RelayState only) {
        Instant now = clock.instant();
        List<Incident> incidents = new ArrayList<>();
        if (relay.state() == RelayState.UNKNOWN) {
            return incidents;
        }
        Instant since = relay.state() == RelayState.ONLINE ? now : relay.since(now);
        if (relay.state() != RelayState.ONLINE) {
            Item item = relay.item(now);
            incidents.add(incident(item.stage(), item.reason(), relay.state(), since, null));
        }
        for (int i = 1; i <= PAST_OUTAGES; i++) {
            Instant began = now.minus(Duration.ofDays((long) EVERY_DAYS * i - relay.seed() % EVERY_DAYS));
            if (began.plus(OUTAGE).isBefore(since) && began.plus(OUTAGE).isBefore(now)) {
                incidents.add(incident(Stage.TCP, Reason.TCP_TIMEOUT, RelayState.OFFLINE, began, began.plus(OUTAGE)));
            }
        }
        incidents.removeIf(incident -> only != null && incident.state() != only);
        return incidents;
    }

    private static Incident incident(
            @Nullable Stage stage, @Nullable Reason reason, RelayState state, Instant from, @Nullable Instant to) {
        return new Incident(state, from, to, stage, reason, stage, reason);
    }

    @Override
    public Future<Uptimes> uptime(RelayUrl url) {
        return read(() -> {
            DemoRelay relay = find(url);
            return new Uptimes(up(relay, 1), up(relay, 7), up(relay, 30), up(relay, 365));
        });
    }

    private Up up(@Nullable DemoRelay relay, int days) {
        if (relay == null || relay.state() == RelayState.UNKNOWN) {
            return new Up(Duration.ZERO, Duration.ZERO);
        }
        Instant now = clock.instant();
        Duration known = Duration.ofDays(Math.min(days, 40 + relay.seed()));
        Duration down = Duration.ZERO;
        for (Incident incident : incidents(relay, RelayState.OFFLINE)) {
            down = down.plus(overlap(incident, now.minus(known), now));
        }
        return new Up(known.minus(down), known);
    }

    @Override
    public Future<List<NetworkPoint>> network(Instant from, Instant to, Resolution resolution) {
        return read(() -> {
            List<NetworkPoint> network = new ArrayList<>();
            Instant first = clock.instant().minus(Duration.ofDays(relays.isEmpty() ? 0 : 40));
            for (Instant start = from; start.isBefore(to); start = start.plus(resolution.length())) {
                if (start.isAfter(first)) {
                    network.add(networkPoint(start, resolution));
                }
            }
            return network;
        });
    }

    private NetworkPoint networkPoint(Instant start, Resolution resolution) {
        Map<RelayState, Integer> states = new EnumMap<>(RelayState.class);
        for (RelayState state : RelayState.values()) {
            states.put(state, (int)
                    relays.stream().filter(one -> one.state() == state).count());
        }
        int moved = (int) Math.round(3 + 3 * Math.sin(start.getEpochSecond() / 9000.0));
        int online = states.getOrDefault(RelayState.ONLINE, 0);
        return new NetworkPoint(
                start,
                start.plus(resolution.length()).minusSeconds(40),
                online - moved,
                states.getOrDefault(RelayState.DEGRADED, 0),
                states.getOrDefault(RelayState.OFFLINE, 0) + moved,
                states.getOrDefault(RelayState.UNKNOWN, 0));
    }
}
