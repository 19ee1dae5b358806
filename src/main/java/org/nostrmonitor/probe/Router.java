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
            return throughProxy(url);
        }
        long started = System.nanoTime();
        return names.resolve(url.host(), deadline)
                .onComplete(result -> log.took(Stage.DNS, started))
                .compose(addresses -> vetted(url, first, addresses, log));
    }

    /** A proxy gets names only, so there is no address to judge; but one name means the machine that the proxy runs on. */
    private Future<Destination> throughProxy(RelayUrl url) {
        if (isMachineOfProxy(url.host())) {
            return Future.failedFuture(new Fault(new NotTested(Reason.BLOCKED, "the machine of the proxy")));
        }
        SocketAddress proxy = settings.proxies().get(url.network());
        return proxy == null
                ? Future.failedFuture(new Fault(new NotTested(Reason.NO_PROXY)))
                : Future.succeededFuture(Destination.through(proxy, url));
    }

    /** {@code localhost.loki} is the address of the Lokinet router's own machine; the like of it is no relay anywhere else. */
    private static boolean isMachineOfProxy(String host) {
        String name = host.substring(0, host.lastIndexOf('.'));
        return name.equals("localhost") || name.endsWith(".localhost");
    }

    /**
     * Another port or path of the same host. It keeps its addresses, since a second look-up could have another answer, and they
     * are judged anew for the port. Fails with a {@link Fault}, not tested, if none may be dialled there.
     */
    Future<Destination> again(Destination from, RelayUrl next) {
        List<InetAddress> permitted = from.addresses().stream()
                .filter(address -> settings.addresses().permits(address, next.port()))
                .toList();
        return permitted.isEmpty() && from.proxy() == null
                ? Future.failedFuture(new Fault(objection(next, from.addresses())))
                : Future.succeededFuture(new Destination(next, permitted, from.proxy()));
    }

    private Future<Destination> vetted(RelayUrl url, @Nullable String first, List<InetAddress> addresses, DialLog log) {
        List<InetAddress> usable = addresses.stream()
                .filter(address -> isUsable(address, url.port()))
                .toList();
        List<InetAddress> inOrder = Destination.inOrder(beginningWith(first, usable));
        if (NetUtil.createByteArrayFromIpAddressString(url.host()) == null) {
            log.resolved(Stream.concat(inOrder.stream(), addresses.stream())
                    .distinct()
                    .limit(MAX_ADDRESSES_KEPT)
                    .toList());
        }
        return usable.isEmpty()
                ? Future.failedFuture(new Fault(objection(url, addresses)))
                : Future.succeededFuture(Destination.at(url, inOrder));
    }

    private boolean isUsable(InetAddress address, int port) {
        return settings.addresses().permits(address, port) && routes.leadTo(address);
    }

    private static List<InetAddress> beginningWith(@Nullable String first, List<InetAddress> addresses) {
        return addresses.stream()
                .sorted(Comparator.comparing(
                        address -> !NetUtil.toAddressString(address).equals(first)))
                .toList();
    }

    /** What is permitted and not usable has no route. */
    private NotTested objection(RelayUrl url, List<InetAddress> addresses) {
        List<InetAddress> permitted = addresses.stream()
                .filter(address -> settings.addresses().permits(address, url.port()))
                .toList();
        return permitted.isEmpty()
                ? new NotTested(Reason.BLOCKED, listed(addresses, address -> withObjection(address, url.port())))
                : new NotTested(
                        Reason.NO_ROUTE, "no route from here to " + listed(permitted, NetUtil::toAddressString));
    }

    private String withObjection(InetAddress address, int port) {
        return NetUtil.toAddressString(address) + " (" + settings.addresses().objection(address, port) + ")";
    }

    private static String listed(List<InetAddress> addresses, Function<InetAddress, String> text) {
        return Evidence.bounded(addresses.stream().map(text).collect(Collectors.joining(", ")));
    }
}
