package org.nostrmonitor.queue;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.time.Duration;

/** Turns to dial an address, so that many names of one server are not one burst for it. By GCRA, with reservation. */
public interface AddressLimits {
    /**
     * No turn is later than this, two thirds of a cycle by default: however many names a stranger leads to one address, they
     * do not keep the cycle, and so all other relays, waiting.
     */
    Duration HORIZON = Duration.ofMinutes(10);

    /** Everything may be dialled at any time: for a single check by hand. */
    AddressLimits NONE = address -> Future.succeededFuture(Duration.ZERO);

    /**
     * Takes a turn for this address and for its /24 (IPv4) or /48 (IPv6). Completes with zero if it may be dialled now, else
     * with how long until the turn: it is reserved, so who waits for it does not ask again. More than {@link #HORIZON} means
     * that there is none, and nothing is reserved. Fails with {@link QueueUnavailable} if Redis does not answer in time.
     */
    Future<Duration> turn(InetAddress address);
}
