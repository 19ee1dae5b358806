package org.nostrmonitor.http;

import java.time.Duration;
import java.util.List;

/**
 * How much one caller, and all of them together, may take of the HTTP server.
 *
 * @param requestsPerSecond of one site on average, above 0; {@value CallerRate#SECONDS_AT_ONCE} seconds' worth may come at once
 * @param unlimitedAddresses blocks such as {@code 127.0.0.0/8} whose requests and connections are not counted by site
 * @param connections open at the same time, from everywhere
 * @param connectionsOfASite open at the same time, from one site
 * @param forAHead until the first or next request has come to the end of its head, however many bytes came meanwhile
 * @param forAnAnswer from there until it is answered, the body of the request included
 * @param forReading from there until the answer has left this machine
 */
public record WebLimits(
        double requestsPerSecond,
        List<String> unlimitedAddresses,
        int connections,
        int connectionsOfASite,
        Duration forAHead,
        Duration forAnAnswer,
        Duration forReading) {
    public WebLimits {
        unlimitedAddresses = List.copyOf(unlimitedAddresses);
    }

    /** What an operator may choose; the rest as it suits a few dozen readers. */
    public static WebLimits of(double requestsPerSecond, List<String> unlimitedAddresses) {
        return new WebLimits(
                requestsPerSecond,
                unlimitedAddresses,
                2_000,
                100,
                Duration.ofSeconds(20),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60));
    }
}
