package org.nostrmonitor.probe;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Whether this machine has a way into IPv4 and into IPv6 at all. The kernel is asked: to connect a datagram socket looks the
 * route up and sends nothing. Lives on one event loop.
 */
final class Routes {
    /** A router may announce itself at any time; to ask at each probe would cost more than to dial. */
    private static final long MEMORY_NANOS = Duration.ofSeconds(10).toNanos();

    private static final int ANY_PORT = 443;

    private final Predicate<InetAddress> question;
    private final Map<Boolean, Answer> byFamily = new HashMap<>();

    private record Answer(boolean exists, long at) {}

    /** @param question whether there is a route to an address: {@link #exists} */
    Routes(Predicate<InetAddress> question) {
        this.question = question;
    }

    /** Addresses of this machine and its own network are taken for reachable: to try them tells. */
    boolean leadTo(InetAddress address) {
        if (!AddressPolicy.PUBLIC_ONLY.permits(address)) {
            return true;
        }
        boolean ipv6 = address instanceof Inet6Address;
        Answer known = byFamily.get(ipv6);
        if (known == null || System.nanoTime() - known.at() > MEMORY_NANOS) {
            known = new Answer(question.test(address), System.nanoTime());
            byFamily.put(ipv6, known);
        }
        return known.exists();
    }

    /** What cannot be asked for want of a socket is taken for a yes. */
    static boolean exists(InetAddress address) {
        try (DatagramChannel socket = DatagramChannel.open()) {
            return connects(socket, address);
        } catch (IOException e) {
            return true;
        }
    }

    private static boolean connects(DatagramChannel socket, InetAddress address) {
        try {
            socket.connect(new InetSocketAddress(address, ANY_PORT));
            return true;
        } catch (IOException | UnsupportedAddressTypeException e) {
            return false;
        }
    }
}
