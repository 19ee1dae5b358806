package org.nostrmonitor.probe;

import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.spi.transport.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.Stage;

/**
 * Finds all addresses of a name on one event loop. IP literals and localhost need no query. The families are asked for apart:
 * a name server that does not answer for one of them does not take the other away.
 */
final class NameResolver {
    private static final int QUERY_TIMEOUT_MS = 2_500;
    private static final int MAX_QUERIES = 16;
    /** Of one family. Three are tried, and a name can have thousands. */
    private static final int MAX_ADDRESSES = 64;

    /** How long the second family is waited for, once the first one has addresses. */
    private static final Duration PATIENCE_FOR_THE_OTHER = Duration.ofSeconds(1);

    private final EventLoop loop;
    private final DnsNameResolver ipv4;
    private final DnsNameResolver ipv6;
    private final Turnstile lookups;

    /**
     * @param servers the name servers to ask; empty for those of the system
     * @param lookups lets so many ask at the same time, of all event loops
     */
    NameResolver(ContextInternal context, List<InetSocketAddress> servers, Turnstile lookups) {
        this.lookups = lookups;
        loop = context.nettyEventLoop();
        ipv4 = resolver(context, servers, ResolvedAddressTypes.IPV4_ONLY);
        ipv6 = resolver(context, servers, ResolvedAddressTypes.IPV6_ONLY);
    }

    private static DnsNameResolver resolver(
            ContextInternal context, List<InetSocketAddress> servers, ResolvedAddressTypes family) {
        Transport transport = context.owner().transport();
        DnsServerAddressStreamProvider asked = servers.isEmpty()
                ? DnsServerAddressStreamProviders.platformDefault()
                : new SequentialDnsServerAddressStreamProvider(servers);
        return new DnsNameResolverBuilder(context.nettyEventLoop())
                .datagramChannelFactory(transport::datagramChannel)
                .socketChannelFactory(
                        () -> (SocketChannel) transport.channelFactory(false).newChannel())
                .resolvedAddressTypes(family)
                .searchDomains(List.of())
                .decodeIdn(false)
                .nameServerProvider(asked)
                .authoritativeDnsServerCache(new OwnNameServers(asked))
                .resolveCache(new BoundedDnsCache())
                // Netty's would keep any alias that an answer holds, also of names that nobody asked for.
                .cnameCache(NoopDnsCnameCache.INSTANCE)
                .queryTimeoutMillis(QUERY_TIMEOUT_MS)
                .maxQueriesPerResolve(MAX_QUERIES)
                .build();
    }

    /**
     * Completes with at least one address; fails with a {@link Fault} at {@code DNS}, and with {@link BudgetUsedUp} if this
     * process is busy with other names. Call on the event loop.
     *
     * @param deadline postponed by what the name had to wait in line
     */
    Future<List<InetAddress>> resolve(String host, Deadline deadline) {
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
        if (literal != null) {
            return Future.succeededFuture(List.of(address(literal)));
        }
        if (host.equals("localhost") || host.endsWith(".localhost")) {
            return Future.succeededFuture(List.of(address(new byte[] {127, 0, 0, 1}), address(ipv6Loopback())));
        }
        return lookups.enter(loop).compose(waited -> lookUp(host, deadline.postponed(waited)));
    }

    /** Whoever has an answer, or waits no longer, leaves nothing running behind. */
    private Future<List<InetAddress>> lookUp(String host, Deadline deadline) {
        Promise<List<InetAddress>> promise = Promise.promise();
        var ipv4Asked = ipv4.resolveAll(host);
        var ipv6Asked = ipv6.resolveAll(host);
        settle(found(ipv4Asked), found(ipv6Asked), promise);
        return deadline.bound(loop, promise, () -> new Fault(Stage.DNS, Reason.DNS_TIMEOUT, ""))
                .onComplete(done -> {
                    ipv4Asked.cancel(false);
                    ipv6Asked.cancel(false);
                    lookups.leave();
                });
    }

    /** IPv4 first. A family that fails, or is late, is left out while the other has addresses. */
    private void settle(
            Future<List<InetAddress>> ipv4Found,
            Future<List<InetAddress>> ipv6Found,
            Promise<List<InetAddress>> promise) {
        List.of(ipv4Found, ipv6Found)
                .forEach(one -> one.onComplete(result -> {
                    if (result.succeeded()) {
                        doNotWaitLongForTheOther(result.result(), promise);
                    }
                }));
        Future.join(ipv4Found, ipv6Found).onComplete(both -> {
            List<InetAddress> found = Stream.of(ipv4Found, ipv6Found)
                    .filter(Future::succeeded)
                    .flatMap(one -> one.result().stream())
                    .distinct()
                    .toList();
            if (found.isEmpty()) {
                promise.tryFail(DnsFault.ofBoth(ipv4Found.cause(), ipv6Found.cause()));
            } else {
                promise.tryComplete(found);
            }
        });
    }

    private void doNotWaitLongForTheOther(List<InetAddress> found, Promise<List<InetAddress>> promise) {
        Promise<Void> both = Promise.promise();
        promise.future().onComplete(done -> both.tryComplete());
        Deadline.in(PATIENCE_FOR_THE_OTHER)
                .bound(loop, both, TimeoutException::new)
                .onFailure(late -> promise.tryComplete(found));
    }

    private static Future<List<InetAddress>> found(io.netty.util.concurrent.Future<List<InetAddress>> asked) {
        Promise<List<InetAddress>> promise = Promise.promise();
        asked.addListener((io.netty.util.concurrent.Future<List<InetAddress>> found) -> {
            if (found.isSuccess()) {
                promise.tryComplete(found.getNow().stream()
                        .map(answer -> address(answer.getAddress()))
                        .distinct()
                        .limit(MAX_ADDRESSES)
                        .toList());
            } else {
                promise.tryFail(DnsFault.of(found.cause()));
            }
        });
        return promise.future();
    }

    /** Without the name, so that nothing downstream can look it up again. */
    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("neither 4 nor 16 bytes", e);
        }
    }

    private static byte[] ipv6Loopback() {
        byte[] bytes = new byte[16];
        bytes[15] = 1;
        return bytes;
    }

    void close() {
        ipv4.close();
        ipv6.close();
    }
}
