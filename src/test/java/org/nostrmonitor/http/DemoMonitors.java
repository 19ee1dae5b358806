package org.nostrmonitor.http;

import io.vertx.core.Future;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Sighting;
import org.nostrmonitor.storage.OtherMonitors;

/** Four made-up monitors: two see what is up, one does not publish it any more, one is silent itself. */
final class DemoMonitors implements OtherMonitors {
    static final String FIRST = "11".repeat(32);
    private static final Duration HOUR = Duration.ofHours(1);

    private final List<DemoRelay> relays;
    private final InstantSource clock;
    private final BooleanSupplier away;

    /** How the first of them calls itself. */
    volatile String name = "Relay watch";

    /** How long ago others were read. */
    volatile Duration since = Duration.ofSeconds(10);

    /** Whether they were read at all. */
    volatile boolean off;

    DemoMonitors(List<DemoRelay> relays, InstantSource clock, BooleanSupplier away) {
        this.relays = List.copyOf(relays);
        this.clock = clock;
        this.away = away;
    }

    @Override
    public Future<Testimony> all() {
        return answer(null);
    }

    @Override
    public Future<Testimony> of(RelayUrl relay) {
        return answer(relay);
    }

    private Future<Testimony> answer(@Nullable RelayUrl relay) {
        if (away.getAsBoolean()) {
            return Future.failedFuture(new ConnectException("Connection refused: secret-host/10.0.0.1:5432"));
        }
        Instant now = clock.instant();
        boolean up = relays.stream()
                .noneMatch(
                        one -> Objects.equals(one.url(), relay) && !one.state().isUp());
        return Future.succeededFuture(
                off
                        ? Testimony.NONE
                        : new Testimony(
                                now.minus(since),
                                List.of(
                                        new Said(
                                                monitor(FIRST, name, HOUR, now.minusSeconds(50)),
                                                up ? sighting(FIRST, relay, now.minusSeconds(600), 142) : null),
                                        said("22", null, null, now.minusSeconds(70), relay, up ? 900 : 90_000),
                                        said("33", "Third", Duration.ofMinutes(15), now.minusSeconds(90), relay, 9_000),
                                        said("44", "Asleep", HOUR, now.minusSeconds(90_000), relay, 90_000))));
    }

    private Said said(
            String key,
            @Nullable String called,
            @Nullable Duration frequency,
            Instant heard,
            @Nullable RelayUrl relay,
            int secondsAgo) {
        String pubkey = key.repeat(32);
        return new Said(
                monitor(pubkey, called, frequency, heard),
                sighting(pubkey, relay, clock.instant().minusSeconds(secondsAgo), 88));
    }

    private static @Nullable Sighting sighting(String key, @Nullable RelayUrl relay, Instant at, int open) {
        return relay == null ? null : new Sighting(key, relay, at, Duration.ofMillis(open), null, null);
    }

    private static Monitor monitor(String key, @Nullable String called, @Nullable Duration frequency, Instant heard) {
        Instant announced = frequency == null ? null : heard.minus(HOUR);
        return new Monitor(
                key, called, frequency, null, announced, heard.minus(Duration.ofDays(9)), heard, 812, 640, heard);
    }
}
