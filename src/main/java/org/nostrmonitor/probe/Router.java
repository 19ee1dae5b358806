package org.nostrmonitor.probe;

import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.net.ProxyOptions;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Network;
import org.nostrmonitor.relay.Outcome.NotTested;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Stage;

/** Finds the way to a relay: by its network's proxy, or by name resolution and the address policy. */
final class Router {
    private final ProbeSettings settings;
    private final NameResolver names;

    Router(ProbeSettings settings, NameResolver names) {
        this.settings = settings;
        this.names = names;
    }

    /**
     * Completes with vetted addresses; fails with a {@link Fault}: not tested if there is no proxy or no public address,
     * failed at {@code DNS} if the name leads nowhere.
     */
    Future<Destination> route(RelayUrl url, Deadline deadline, DialLog log) {
        return route(url, null, deadline, log);
    }

    /** @param first the address to begin with, if the name leads there and it is permitted; or null */
    Future<Destination> route(RelayUrl url, @Nullable String first, Deadline deadline, DialLog log) {
        if (url.network() != Network.CLEARNET) {
            ProxyOptions proxy = settings.proxies().get(url.network());
            return proxy == null
                    ? Future.failedFuture(new Fault(new NotTested(Reason.NO_PROXY)))
                    : Future.succeededFuture(Destination.through(new ProxyOptions(proxy), url));
        }
        long started = System.nanoTime();
        return names.resolve(url.host(), deadline)
                .onComplete(result -> log.took(Stage.DNS, started))
                .compose(addresses -> vetted(url, first, addresses));
    }

    private Future<Destination> vetted(RelayUrl url, @Nullable String first, List<InetAddress> addresses) {
        List<InetAddress> permitted =
                addresses.stream().filter(settings.addresses()::permits).toList();
        return permitted.isEmpty()
                ? Future.failedFuture(new Fault(new NotTested(Reason.BLOCKED, objections(addresses))))
                : Future.succeededFuture(Destination.at(url, beginningWith(first, permitted)));
    }

    private static List<InetAddress> beginningWith(@Nullable String first, List<InetAddress> addresses) {
        return addresses.stream()
                .sorted(Comparator.comparing(
                        address -> !NetUtil.toAddressString(address).equals(first)))
                .toList();
    }

    private String objections(List<InetAddress> addresses) {
        return Evidence.bounded(addresses.stream()
                .map(address -> NetUtil.toAddressString(address) + " ("
                        + settings.addresses().objection(address) + ")")
                .collect(Collectors.joining(", ")));
    }
}
