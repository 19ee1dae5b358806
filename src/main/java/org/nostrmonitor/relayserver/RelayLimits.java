package org.nostrmonitor.relayserver;

import java.time.Duration;

/**
 * How much one client, and all of them together, may take of the relay. docs/relay.md gives the reasons.
 *
 * @param messageBytes of one message, however many frames it comes in
 * @param connections from everywhere
 * @param connectionsOfASite from one address, see {@code http.Caller}
 * @param subscriptions of one connection
 * @param allSubscriptions of all connections
 * @param filters of one question
 * @param values of one filter, all its lists together
 * @param usualLimit how many stored events a filter without a limit gets
 * @param mostLimit what a greater limit is cut down to
 * @param perSecond messages of one connection on average; one of 4 KiB more counts as one more
 * @param atOnce so many may come at once
 * @param strikes a client that was refused so many messages for coming too fast is sent away
 * @param answers under way at the same time, from everywhere
 * @param unsentBytes that may wait for a client to read them
 * @param stall a client that reads nothing for so long is sent away
 * @param ping how often a client is asked whether it is still there; it has as long to answer
 * @param idle a client without a subscription that says nothing for so long is sent away
 * @param lookEvery how often it is looked for new events at most
 * @param sweep how often it is looked for new events though nobody told of any
 */
public record RelayLimits(
        int messageBytes,
        int connections,
        int connectionsOfASite,
        int subscriptions,
        int allSubscriptions,
        int filters,
        int values,
        int usualLimit,
        int mostLimit,
        double perSecond,
        int atOnce,
        int strikes,
        int answers,
        int unsentBytes,
        Duration stall,
        Duration ping,
        Duration idle,
        Duration lookEvery,
        Duration sweep) {
    public static final RelayLimits DEFAULT = new RelayLimits(
            64 * 1024,
            1_000,
            20,
            20,
            5_000,
            10,
            1_000,
            500,
            1_000,
            20,
            60,
            100,
            32,
            1024 * 1024,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(10),
            Duration.ofMillis(250),
            Duration.ofSeconds(15));
}
