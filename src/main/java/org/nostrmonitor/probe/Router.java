package org.nostrmonitor.probe;

import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Network;
import org.nostrmonitor.relay.Outcome.NotTested;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Stage;

/** Finds the way to a relay: by its network's proxy, or by name resolution, the address policy and what the machine can reach. */
final class Router {
    private static final int MAX_ADDRESSES_KEPT = 16;

    private final ProbeSettings settings;
    private final NameResolver names;
    private final Routes routes;

    Router(ProbeSettings settings, NameResolver names, Routes routes) {
        this.settings = settings;
        this.names = names;
        this.routes = routes;
    }

    /**
     * Completes with vetted addresses; fails with a {@link Fault}: not tested if there is no proxy, no public address or no way
     * to any, failed at {@code DNS} if the name leads nowhere.
     */
    Future<Destination> route(RelayUrl url, Deadline deadline, DialLog log) {
        return route(url, null, deadline, log);
    }

    /** @param first the address to begin with, if the name leads there and it is permitted; or null */
    Future<Destination> route(RelayUrl url, @Nullable String first, Deadline deadline, DialLog log) {
        if (url.network() != Network.CLEARNET) {
            SocketAddress proxy = settings.proxies().get(url.network());
            return proxy == null
                    ? Future.failedFuture(new Fault(new NotTested(Reason.NO_PROXY)))
                    : Future.succeededFuture(Destination.through(proxy, url));
        }
        long started = System.nanoTime();
        return names.resolve(url.host(), deadline)
                .onComplete(result -> log.took(Stage.DNS, started))
                .compose(addresses -> vetted(url, first, addresses, log));
    }

    private Future<Destination> vetted(RelayUrl url, @Nullable String first, List<InetAddress> addresses, DialLog log) {
        List<InetAddress> usable = addresses.stream().filter(this::isUsable).toList();
        List<InetAddress> inOrder = Destination.inOrder(beginningWith(first, usable));
        if (NetUtil.createByteArrayFromIpAddressString(url.host()) == null) {
            log.resolved(Stream.concat(inOrder.stream(), addresses.stream())
                    .distinct()
                    .limit(MAX_ADDRESSES_KEPT)
                    .toList());
        }
        return usable.isEmpty()
                ? Future.failedFuture(new Fault(objection(addresses)))
                : Future.succeededFuture(Destination.at(url, inOrder));
    }

    private boolean isUsable(InetAddress address) {
        return settings.addresses().permits(address) && routes.leadTo(address);
    }

    private static List<InetAddress> beginningWith(@Nullable String first, List<InetAddress> addresses) {
        return addresses.stream()
                .sorted(Comparator.comparing(
                        address -> !NetUtil.toAddressString(address).equals(first)))
                .toList();
    }

    /** What is permitted and not usable has no route. */
    private NotTested objection(List<InetAddress> addresses) {
        List<InetAddress> permitted =
                addresses.stream().filter(settings.addresses()::permits).toList();
        return permitted.isEmpty()
                ? new NotTested(Reason.BLOCKED, listed(addresses, this::withObjection))
                : new NotTested(
                        Reason.NO_ROUTE, "no route from here to " + listed(permitted, NetUtil::toAddressString));
    }

    private String withObjection(InetAddress address) {
        return NetUtil.toAddressString(address) + " (" + settings.addresses().objection(address) + ")";
    }

    private static String listed(List<InetAddress> addresses, Function<InetAddress, String> text) {
        return Evidence.bounded(addresses.stream().map(text).collect(Collectors.joining(", ")));
    }
}
