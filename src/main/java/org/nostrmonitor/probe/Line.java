package org.nostrmonitor.probe;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.internal.net.NetSocketInternal;

/**
 * A connection that is up, TLS included, with nothing said yet.
 *
 * @param destination narrowed to the address that answered
 */
record Line(NetSocketInternal socket, WireGuard guard, Destination destination) {
    /** Vert.x's own handler, the last of the pipeline: what is to see the traffic stands before it. */
    static final String LAST = "handler";

    ChannelPipeline pipeline() {
        return socket.channelHandlerContext().pipeline();
    }

    Channel channel() {
        return socket.channelHandlerContext().channel();
    }

    void drop() {
        var unused = channel().close();
    }
}
