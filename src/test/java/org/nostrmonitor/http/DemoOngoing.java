package org.nostrmonitor.http;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.storage.Ongoing;
import org.nostrmonitor.storage.RelayViews.Item;

/** What is worse than it was among made-up relays, and what came back. */
final class DemoOngoing {
    private DemoOngoing() {}

    /** Those that are offline for a month and longer were never up. */
    static Ongoing of(List<DemoRelay> relays, Instant now) {
        List<DemoRelay> newest = relays.stream()
                .sorted(Comparator.comparing((DemoRelay relay) -> relay.since(now))
                        .reversed())
                .toList();
        List<DemoRelay> down = newest.stream().filter(DemoOngoing::wentDown).toList();
        List<DemoRelay> worse = newest.stream()
                .filter(relay -> wentDown(relay) || relay.state() == RelayState.DEGRADED)
                .toList();
        List<DemoRelay> back = newest.stream()
                .filter(relay -> relay.state() == RelayState.ONLINE && relay.hoursSince() < 24)
                .toList();
        int lately =
                (int) down.stream().filter(relay -> relay.hoursSince() < 24).count();
        long offline = relays.stream()
                .filter(relay -> relay.state() == RelayState.OFFLINE)
                .count();
        return new Ongoing(
                lately,
                down.size() - lately,
                (int) offline - down.size(),
                worse.size() - down.size(),
                back.size(),
                items(worse, now, 10),
                items(back, now, 5));
    }

    private static boolean wentDown(DemoRelay relay) {
        return relay.state() == RelayState.OFFLINE && relay.hoursSince() < 720;
    }

    private static List<Item> items(List<DemoRelay> relays, Instant now, int most) {
        return relays.stream().limit(most).map(relay -> relay.item(now)).toList();
    }
}
