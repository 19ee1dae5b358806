package org.nostrmonitor.probe;

import io.vertx.core.net.SocketAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayUrl;

/**
 * Where a relay is: vetted addresses in the order in which they are tried, or the proxy that knows the way.
 *
 * @param addresses 1 to 3; empty with a proxy, which gets the name unresolved
 * @param proxy a SOCKS5 proxy, or null for none
 */
record Destination(
        RelayUrl url, List<InetAddress> addresses, @Nullable SocketAddress proxy) {
    private static final int MAX_ATTEMPTS = 3;

    Destination {
        addresses = List.copyOf(addresses);
    }

    static Destination through(SocketAddress proxy, RelayUrl url) {
        return new Destination(url, List.of(), proxy);
    }

    static Destination at(RelayUrl url, List<InetAddress> inOrder) {
        return new Destination(url, inOrder.subList(0, Math.min(inOrder.size(), MAX_ATTEMPTS)), null);
    }

    /** The first address, then the first of the other family, then what is left: a relay with one dead family is not dead. */
    static List<InetAddress> inOrder(List<InetAddress> vetted) {
        List<InetAddress> order = new ArrayList<>(vetted);
        boolean startsWithIpv4 = !vetted.isEmpty() && vetted.get(0) instanceof Inet4Address;
        vetted.stream()
                .filter(address -> address instanceof Inet4Address != startsWithIpv4)
                .findFirst()
                .ifPresent(other -> {
                    order.remove(other);
                    order.add(Math.min(1, order.size()), other);
                });
        return order;
    }

    /** The same with the one address that answered. */
    Destination only(@Nullable InetAddress address) {
        return address == null ? this : new Destination(url, List.of(address), proxy);
    }
}
