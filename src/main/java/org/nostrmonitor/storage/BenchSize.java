package org.nostrmonitor.storage;

import java.util.random.RandomGenerator;
import org.nostrmonitor.relay.RelayUrl;

/**
 * How large a database is made.
 *
 * @param relays all of them have hours for 30 days
 * @param deepRelays the first ones have single results too, and days for a year
 * @param regions that check each relay
 * @param rawDays days of single results
 */
public record BenchSize(int relays, int deepRelays, int regions, int rawDays) {
    /** The URL of a relay, counted from 1. */
    static String url(int relay) {
        return "wss://relay-" + relay + ".example/";
    }

    /** One that is up, with all of its past. */
    public RelayUrl deepRelay(RandomGenerator random) {
        int relay = random.nextInt(deepRelays) / 10 * 10 + random.nextInt(2) + 1;
        return RelayUrl.of(url(Math.min(deepRelays, relay)));
    }

    /** Checks a second, if each region checks each relay every 15 minutes. */
    public double checksPerSecond() {
        return relays * (double) regions / 900;
    }
}
