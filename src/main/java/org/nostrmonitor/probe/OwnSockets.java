package org.nostrmonitor.probe;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collection;
import java.util.Set;

/**
 * Where this monitor and its databases listen. No probe goes there, whatever block is opened: who names a relay must not be able
 * to make the monitor talk to itself.
 */
final class OwnSockets {
    static final OwnSockets NONE = new OwnSockets(Set.of());

    private final Set<InetSocketAddress> listening;

    private OwnSockets(Set<InetSocketAddress> listening) {
        this.listening = listening;
    }

    /** @param listening resolved; {@code 0.0.0.0} and {@code ::} stand for every address of this machine */
    static OwnSockets of(Collection<InetSocketAddress> listening) {
        return new OwnSockets(Set.copyOf(listening));
    }

    boolean include(InetAddress address, int port) {
        return listening.stream().anyMatch(own -> own.getPort() == port && isReached(own.getAddress(), address));
    }

    /** To dial {@code 0.0.0.0} or {@code ::} is to dial this machine. */
    private static boolean isReached(InetAddress own, InetAddress dialled) {
        return own.equals(dialled) || dialled.isAnyLocalAddress() || (own.isAnyLocalAddress() && isHere(dialled));
    }

    /** The kernel is asked at each time, and only for a port of ours: an interface may get another address at any time. */
    private static boolean isHere(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return true;
        }
    }
}
