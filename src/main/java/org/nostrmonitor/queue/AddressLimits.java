package org.nostrmonitor.queue;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.time.Duration;

/** Turns to dial an address, so that many names of one server are not one burst for it. By GCRA, with reservation. */
public interface AddressLimits {
    /** Everything may be dialled at any time: for a single check by hand. */
    AddressLimits NONE = address -> Future.succeededFuture(Duration.ZERO);

    /**
     * Takes a turn for this address and for its /24 (IPv4) or /48 (IPv6). Completes with zero if it may be dialled now, else
     * with how long until the turn: it is reserved, so who waits for it does not ask again. Fails with
     * {@link QueueUnavailable} if Redis does not answer in time.
     */
    Future<Duration> turn(InetAddress address);
}
