package org.nostrmonitor.http.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.History.Checks;
import org.nostrmonitor.storage.History.Phase;
import org.nostrmonitor.storage.History.Point;
import org.nostrmonitor.storage.History.Times;
import org.nostrmonitor.storage.History.Up;
import org.nostrmonitor.storage.History.Uptimes;
import org.nostrmonitor.storage.RelayViews.Detail;
import org.nostrmonitor.storage.RelayViews.Item;
import org.nostrmonitor.storage.RelayViews.Uptime;
import org.nostrmonitor.storage.Traits;

class CompareVerdictTest {
    private static final Instant NOW = Instant.parse("2026-11-22T16:37:00Z");
    private static final Instant FIRST = Instant.parse("2026-11-22T00:00:00Z");
    private static final Up UNKNOWN = new Up(Duration.ZERO, Duration.ZERO);

    /** @param openMs of hours one after the other, null where nothing was measured */
    private static Compared relay(String host, RelayState state, @Nullable Integer... openMs) {
        Item item = new Item(
                RelayUrl.of("wss://" + host + "/"),
                state,
                NOW,
                NOW,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                "1".repeat(96),
                Traits.UNKNOWN);
        Detail detail = new Detail(
                item,
                true,
                false,
                null,
                null,
                NOW,
                "builtin",
                NOW,
                Uptime.NOTHING,
                Uptime.NOTHING,
                List.of(),
                null,
                null);
        List<Point> points = new ArrayList<>();
        for (Integer ms : openMs) {
            Instant from = FIRST.plus(Duration.ofHours(points.size()));
            Duration took = ms == null ? Duration.ZERO : Duration.ofMillis(ms);
            points.add(new Point(
                    from,
                    new Checks(4, 0, 0, 0),
                    Duration.ofHours(1),
                    Duration.ofHours(1),
                    ms == null ? Map.of() : Map.of(Phase.OPEN, new Times(4, took, took, took))));
        }
        return new Compared(detail, new Uptimes(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN), points);
    }

    private static String verdict(Range range, Compared... relays) {
        List<RelayUrl> urls =
                List.of(relays).stream().map(one -> one.detail().item().url()).toList();
        return CompareVerdict.of(List.of(relays), new Comparison(urls, "", null, range, Phase.OPEN));
    }

    @Test
    void namesTheOneThatWasTheFastestMostOften() {
        assertThat(verdict(
                        Range.DAY,
                        relay("a.example", RelayState.ONLINE, 30, 30, 50, 30),
                        relay("b.example", RelayState.ONLINE, 40, 40, 40, 40)))
                .isEqualTo("wss://a.example was the fastest to open in 3 of 4 hours in which both were measured.");
    }

    @Test
    void countsOnlyWhatWasMeasuredOfAll() {
        assertThat(verdict(
                        Range.WEEK,
                        relay("a.example", RelayState.ONLINE, 30, 30, null),
                        relay("b.example", RelayState.ONLINE, 40, null, 40),
                        relay("c.example", RelayState.ONLINE, 50, 10, 10)))
                .isEqualTo("wss://a.example was the fastest to open in 1 of 1 hour in which all 3 were measured.");
    }

    @Test
    void namesNoneWhereTwoWereTheFastestAsOften() {
        assertThat(verdict(
                        Range.DAY,
                        relay("a.example", RelayState.ONLINE, 30, 50),
                        relay("b.example", RelayState.ONLINE, 40, 40)))
                .isEqualTo(
                        "None was the fastest to open more often than the others, in 2 hours in which both were measured.");
        assertThat(verdict(
                        Range.DAY,
                        relay("a.example", RelayState.ONLINE, 30),
                        relay("b.example", RelayState.ONLINE, 30)))
                .startsWith("None was the fastest");
    }

    @Test
    void tellsWhenThereIsNothingToCompare() {
        assertThat(verdict(Range.DAY)).isEqualTo("Which relays are to be compared?");
        assertThat(verdict(Range.DAY, relay("a.example", RelayState.ONLINE, 1))).startsWith("One relay is chosen.");
        assertThat(verdict(
                        Range.YEAR,
                        relay("a.example", RelayState.ONLINE, 30, null),
                        relay("b.example", RelayState.OFFLINE, null, 30)))
                .isEqualTo("In no day of the last year was the time to open measured of both.");
    }

    @Test
    void saysWhoIsNotOnline() {
        assertThat(CompareVerdict.lede(
                        List.of(
                                relay("a.example", RelayState.ONLINE),
                                relay("b.example", RelayState.OFFLINE),
                                relay("c.example", RelayState.DEGRADED)),
                        NOW))
                .isEqualTo("B is offline, C is degraded; the rest is online.");
        assertThat(CompareVerdict.lede(
                        List.of(relay("a.example", RelayState.ONLINE), relay("b.example", RelayState.ONLINE)), NOW))
                .isEqualTo("Both are online.");
    }
}
