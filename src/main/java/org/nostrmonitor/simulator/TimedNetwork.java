package org.nostrmonitor.simulator;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
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
 * Relays on one port of loopback that answer after latencies which they remember: the truth to hold measured times against.
 * Runs on the event loops of a Vert.x that does nothing else, and is closed before it.
 */
public final class TimedNetwork {
    private static final int MOST_REQUEST_BYTES = 16_384;

    private final String authorityPem;
    private final Channel port;
    private final List<TimedRelay> relays;

    private TimedNetwork(String authorityPem, Channel port, List<TimedRelay> relays) {
        this.authorityPem = authorityPem;
        this.port = port;
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

        private List<TimedRelay> populate(int port, int count, long seed) {
            List<TimedRelay> relays = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String host = "timed-" + i + SimulatedRelay.DOMAIN;
                RelayUrl url = RelayUrl.of((tls == null ? "ws://" : "wss://") + host + ":" + port + "/");
                TimedRelay relay = new TimedRelay(url, new InjectedLatency(seed * 1_000_003 + i));
                relayOfHost.put(host, relay);
                relays.add(relay);
            }
            return relays;
        }
    }

    /**
     * Listens on a free port of 127.0.0.1.
     *
     * @param count how many relays, each under a name of its own
     * @param seed the same seed gives the same latencies
     * @param secure whether they are {@code wss://}
     * @return completes when it listens
     */
    public static Future<TimedNetwork> start(Vertx vertx, int count, long seed, boolean secure) {
        return vertx.executeBlocking(() -> Common.make(((VertxInternal) vertx).nettyEventLoopGroup(), secure))
                .compose(common -> listen((VertxInternal) vertx, common).map(port -> {
                    int number = ((InetSocketAddress) port.localAddress()).getPort();
                    return new TimedNetwork(common.authorityPem(), port, common.populate(number, count, seed));
                }));
    }

    private static Future<Channel> listen(VertxInternal vertx, Common common) {
        Promise<Channel> promise = Promise.promise();
        ChannelFuture bound = new ServerBootstrap()
                .group(vertx.nettyEventLoopGroup())
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

    /** Closes the port; connections end with their clients, or with the Vert.x instance. */
    public Future<Void> stop() {
        Promise<Void> promise = Promise.promise();
        port.close().addListener(closed -> promise.complete());
        return promise.future();
    }
}
