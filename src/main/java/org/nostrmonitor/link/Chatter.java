package org.nostrmonitor.link;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.WebSocket;
import io.vertx.core.internal.http.WebSocketInternal;

/**
 * Bounds what a peer may send, in bytes as they come, pings and fragments too: so many for nothing with every ping of ours,
 * and more for what it was asked for. An event loop that it floods is others' too.
 */
final class Chatter extends ChannelInboundHandlerAdapter {
    private final int freeBytes;
    private final Runnable onTooMuch;
    private long left;

    /** @param onTooMuch is run once, on the event loop; the channel hears nothing more */
    Chatter(int freeBytes, Runnable onTooMuch) {
        this.freeBytes = freeBytes;
        this.onTooMuch = onTooMuch;
        this.left = freeBytes;
    }

    void bound(WebSocket socket) {
        ((WebSocketInternal) socket).channelHandlerContext().pipeline().addFirst(this);
    }

    void earned(long bytes) {
        if (left >= 0) {
            left = Math.min(freeBytes, left + bytes);
        }
    }

    void forgive() {
        if (left >= 0) {
            left = freeBytes;
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        boolean hadEnough = left < 0;
        if (message instanceof ByteBuf bytes) {
            left -= hadEnough ? 0 : bytes.readableBytes();
        }
        if (left >= 0) {
            context.fireChannelRead(message);
            return;
        }
        ReferenceCountUtil.release(message);
        if (!hadEnough) {
            onTooMuch.run();
            context.channel().config().setAutoRead(false);
        }
    }
}
