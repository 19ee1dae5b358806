package org.nostrmonitor.simulator;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;

/** A port that is taken but not listened on, so that every connection is refused and nobody else can take it meanwhile. */
final class RefusingPort implements AutoCloseable {
    private final SocketChannel bound;
    private final int port;

    private RefusingPort(SocketChannel bound, int port) {
        this.bound = bound;
        this.port = port;
    }

    static RefusingPort take() throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.bind(new InetSocketAddress(Inet4Address.getByAddress(new byte[] {127, 0, 0, 1}), 0));
        return new RefusingPort(channel, ((InetSocketAddress) channel.getLocalAddress()).getPort());
    }

    int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        bound.close();
    }
}
