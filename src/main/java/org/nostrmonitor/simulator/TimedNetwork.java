package org.nostrmonitor.simulator;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.X509Bundle;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.EventSigner;
import org.nostrmonitor.nostr.EventTemplate;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.nostr.SecretKey;
import org.nostrmonitor.relay.RelayUrl;

/**
 * Relays on loopback that answer after latencies which they remember: the truth to hold measured times against.
 * Runs on the event loops of a Vert.x that does nothing else, and is closed before it.
 */
public final class TimedNetwork {
    private static final int MOST_REQUEST_BYTES = 16_384;

    private final String authorityPem;
    private final List<Channel> ports;
    private final List<TimedRelay> relays;

    private TimedNetwork(String authorityPem, List<Channel> ports, List<TimedRelay> relays) {
        this.authorityPem = authorityPem;
        this.ports = ports;
        this.relays = List.copyOf(relays);
    }

    /** What all relays of a network share. Those who are asked for are found here. */
    private record Common(
            @Nullable SslContext tls,
            String authorityPem,
            NostrEvent note,
            TimedLoops loops,
            Map<String, TimedRelay> relayOfHost) {
        static Common make(EventLoopGroup group, boolean secure) throws Exception {
            Instant now = Instant.now();
            SimulatedCertificates certificates = SimulatedCertificates.make(now);
            EventTemplate note = new EventTemplate(now.getEpochSecond() - 60, Kinds.TEXT_NOTE, List.of(), "on time");
            return new Common(
                    secure ? context(certificates.of(Behaviour.HEALTHY)) : null,
                    certificates.authorityPem(),
                    EventSigner.of(SecretKey.random()).sign(note),
                    TimedLoops.watching(group),
                    new ConcurrentHashMap<>());
        }

        private static SslContext context(X509Bundle certificate) throws SSLException {
            return SslContextBuilder.forServer(certificate.getKeyPair().getPrivate(), certificate.getCertificatePath())
                    .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                    .build();
        }

        private void talk(SocketChannel channel) {
            TimedWire wire = new TimedWire();
            channel.pipeline().addLast(wire);
            if (tls != null) {
                channel.pipeline().addLast(tls.newHandler(channel.alloc()));
            }
            channel.pipeline()
                    .addLast(new HttpServerCodec(), new HttpObjectAggregator(MOST_REQUEST_BYTES))
                    .addLast(new TimedConversation(wire, loops, relayOfHost::get, note));
        }

        private List<TimedRelay> populate(List<Channel> ports, int count, long seed) {
            List<TimedRelay> relays = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String host = "timed-" + i + SimulatedRelay.DOMAIN;
                int port = ((InetSocketAddress) ports.get(i % ports.size()).localAddress()).getPort();
                RelayUrl url = RelayUrl.of((tls == null ? "ws://" : "wss://") + host + ":" + port + "/");
                TimedRelay relay = new TimedRelay(url, new InjectedLatency(seed * 1_000_003 + i));
                relayOfHost.put(host, relay);
                relays.add(relay);
            }
            return relays;
        }
    }

    /**
     * Listens on free ports of 127.0.0.1, one for each event loop.
     *
     * @param count how many relays, each under a name of its own
     * @param seed the same seed gives the same latencies
     * @param secure whether they are {@code wss://}
     * @return completes when it listens
     */
    public static Future<TimedNetwork> start(Vertx vertx, int count, long seed, boolean secure) {
        EventLoopGroup group = ((VertxInternal) vertx).nettyEventLoopGroup();
        return vertx.executeBlocking(() -> Common.make(group, secure))
                .compose(common -> Future.all(listen(group, common))
                        .map(bound -> new TimedNetwork(
                                common.authorityPem(), bound.list(), common.populate(bound.list(), count, seed))));
    }

    /** A port for each loop, which also serves the connections that it accepts: none waits for another loop. */
    private static List<Future<Channel>> listen(EventLoopGroup group, Common common) {
        List<Future<Channel>> ports = new ArrayList<>();
        for (EventExecutor loop : group) {
            ports.add(listen((EventLoop) loop, common));
        }
        return ports;
    }

    private static Future<Channel> listen(EventLoop loop, Common common) {
        Promise<Channel> promise = Promise.promise();
        ChannelFuture bound = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, Limits.BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        common.talk(channel);
                    }
                })
                .bind(RelayPort.LOOPBACK, 0);
        bound.addListener(done -> {
            if (done.isSuccess()) {
                promise.complete(bound.channel());
            } else {
                promise.fail(done.cause());
            }
        });
        return promise.future();
    }

    public List<TimedRelay> relays() {
        return relays;
    }

    /** The issuer to trust, as PEM. */
    public String authorityPem() {
        return authorityPem;
    }

    /** Closes the ports; connections end with their clients, or with the Vert.x instance. */
    public Future<Void> stop() {
        return Future.join(ports.stream().map(TimedNetwork::close).toList()).mapEmpty();
    }

    private static Future<Void> close(Channel port) {
        Promise<Void> promise = Promise.promise();
        port.close().addListener(closed -> promise.complete());
        return promise.future();
    }
}
