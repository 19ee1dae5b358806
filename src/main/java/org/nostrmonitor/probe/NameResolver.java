package org.nostrmonitor.probe;

import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsErrorCauseException;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.spi.transport.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.Stage;

/** Finds all addresses of a name, of both families, on one event loop. IP literals and localhost need no query. */
final class NameResolver {
    private static final int MAX_TTL_SECONDS = 300;
    private static final int NEGATIVE_TTL_SECONDS = 5;
    private static final int QUERY_TIMEOUT_MS = 2_500;
    private static final int MAX_QUERIES = 16;

    private final EventLoop loop;
    private final DnsNameResolver dns;

    /** @param servers the name servers to ask; empty for those of the system */
    NameResolver(ContextInternal context, List<InetSocketAddress> servers) {
        loop = context.nettyEventLoop();
        Transport transport = context.owner().transport();
        DnsNameResolverBuilder builder = new DnsNameResolverBuilder(loop)
                .datagramChannelFactory(transport::datagramChannel)
                .socketChannelFactory(
                        () -> (SocketChannel) transport.channelFactory(false).newChannel())
                .resolvedAddressTypes(ResolvedAddressTypes.IPV4_PREFERRED)
                .completeOncePreferredResolved(false)
                .searchDomains(List.of())
                .ttl(0, MAX_TTL_SECONDS)
                .negativeTtl(NEGATIVE_TTL_SECONDS)
                .queryTimeoutMillis(QUERY_TIMEOUT_MS)
                .maxQueriesPerResolve(MAX_QUERIES);
        if (!servers.isEmpty()) {
            builder.nameServerProvider(new SequentialDnsServerAddressStreamProvider(servers));
        }
        dns = builder.build();
    }

    /** Completes with at least one address; fails with a {@link Fault} at {@code DNS}. Call on the event loop. */
    Future<List<InetAddress>> resolve(String host, Deadline deadline) {
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
        if (literal != null) {
            return Future.succeededFuture(List.of(address(literal)));
        }
        if (host.equals("localhost") || host.endsWith(".localhost")) {
            return Future.succeededFuture(List.of(address(new byte[] {127, 0, 0, 1}), address(ipv6Loopback())));
        }
        return query(host, deadline);
    }

    private Future<List<InetAddress>> query(String host, Deadline deadline) {
        Promise<List<InetAddress>> promise = Promise.promise();
        dns.resolveAll(host).addListener((io.netty.util.concurrent.Future<List<InetAddress>> found) -> {
            if (found.isSuccess()) {
                promise.tryComplete(found.getNow().stream()
                        .map(answer -> address(answer.getAddress()))
                        .distinct()
                        .toList());
            } else {
                promise.tryFail(fault(found.cause()));
            }
        });
        return deadline.bound(loop, promise, () -> new Fault(Stage.DNS, Reason.DNS_TIMEOUT, ""));
    }

    private static Fault fault(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DnsNameResolverTimeoutException) {
                return new Fault(Stage.DNS, Reason.DNS_TIMEOUT, "");
            }
            if (cause instanceof DnsErrorCauseException error) {
                return Fault.of(Stage.DNS, reason(error.getCode()), error);
            }
        }
        return Fault.of(
                Stage.DNS,
                failure instanceof UnknownHostException ? Reason.DNS_NO_ADDRESS : Reason.DNS_SERVER_FAILURE,
                failure);
    }

    private static Reason reason(DnsResponseCode code) {
        if (code.equals(DnsResponseCode.NXDOMAIN)) {
            return Reason.DNS_NOT_FOUND;
        }
        return code.equals(DnsResponseCode.NOERROR) ? Reason.DNS_NO_ADDRESS : Reason.DNS_SERVER_FAILURE;
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
        dns.close();
    }
}
