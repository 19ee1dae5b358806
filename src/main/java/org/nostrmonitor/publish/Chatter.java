package org.nostrmonitor.publish;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.WebSocket;
import io.vertx.core.internal.http.WebSocketInternal;

/**
 * Bounds what a peer may send, in bytes as they come, pings and fragments too: a mebibyte for nothing with every ping of ours,
 * and some for each answer. A target has little to say but answers, and an event loop that it floods is others' too.
 */
final class Chatter extends ChannelInboundHandlerAdapter {
    private static final int FREE_BYTES = 1 << 20;
    private static final int BYTES_PER_ANSWER = 4 << 10;

    private final Runnable onTooMuch;
    private long left = FREE_BYTES;

    /** @param onTooMuch is run once, on the event loop; the channel hears nothing more */
    Chatter(Runnable onTooMuch) {
        this.onTooMuch = onTooMuch;
    }

    void bound(WebSocket socket) {
        ((WebSocketInternal) socket).channelHandlerContext().pipeline().addFirst(this);
    }

    void earned() {
        left = Math.min(FREE_BYTES, left + BYTES_PER_ANSWER);
    }

    void forgive() {
        if (left >= 0) {
            left = FREE_BYTES;
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
