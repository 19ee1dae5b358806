package org.nostrmonitor.probe;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.InternetProtocolFamily;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.impl.transports.NioTransport;
import io.vertx.core.transport.Transport;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of a Vert.x, which writes down where each packet is to go, whoever asked for it, and lets none leave this machine.
 * What is not listed here was not sent.
 */
final class RecordedTransport implements Transport {
    /** Where TCP connections were to go, one entry for each attempt. */
    final List<InetSocketAddress> connections = new CopyOnWriteArrayList<>();

    /** Where datagrams were to go. */
    final List<InetSocketAddress> datagrams = new CopyOnWriteArrayList<>();

    private final Recorded implementation = new Recorded();

    @Override
    public String name() {
        return "recorded";
    }

    @Override
    public boolean available() {
        return true;
    }

    @Override
    public @Nullable Throwable unavailabilityCause() {
        return null;
    }

    @Override
    public io.vertx.core.spi.transport.Transport implementation() {
        return implementation;
    }

    private final class Recorded extends NioTransport {
        @Override
        public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
            return RecordedConnection::new;
        }

        @Override
        public DatagramChannel datagramChannel() {
            return recorded(super.datagramChannel());
        }

        @Override
        @SuppressWarnings("deprecation")
        public DatagramChannel datagramChannel(InternetProtocolFamily family) {
            return recorded(super.datagramChannel(family));
        }
    }

    private final class RecordedConnection extends NioSocketChannel {
        @Override
        protected boolean doConnect(SocketAddress remote, @Nullable SocketAddress local) throws Exception {
            InetSocketAddress to = (InetSocketAddress) remote;
            connections.add(to);
            if (!to.getAddress().isLoopbackAddress()) {
                throw new ConnectException("a test does not go to " + to);
            }
            return super.doConnect(remote, local);
        }
    }

    private DatagramChannel recorded(DatagramChannel channel) {
        channel.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
                InetSocketAddress to = ((DatagramPacket) message).recipient();
                datagrams.add(to);
                if (to.getAddress().isLoopbackAddress()) {
                    var unused = ctx.write(message, promise);
                } else {
                    ReferenceCountUtil.release(message);
                    var unused = promise.setSuccess();
                }
            }
        });
        return channel;
    }
}
