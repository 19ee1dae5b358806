package org.nostrmonitor.probe;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.Stage;

/** First in the pipeline of every connection: counts what comes over the wire, and remembers how the connection ended. */
final class WireGuard extends ChannelInboundHandlerAdapter {
    /** As sent, TLS and framing included. */
    private static final long MAX_BYTES = 1 << 20;

    private long received;
    private boolean ended;
    private @Nullable IOException broken;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        received += ((ByteBuf) message).readableBytes();
        if (received > MAX_BYTES) {
            ReferenceCountUtil.release(message);
            ctx.close().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException reset) {
            broken = reset;
        }
        ctx.fireExceptionCaught(cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        ended = true;
        ctx.fireChannelInactive();
    }

    /** How the connection came to its end, for a stage that had not. */
    Fault fault(Stage stage) {
        if (received > MAX_BYTES) {
            return new Fault(stage, Reason.TOO_LARGE, "more than " + MAX_BYTES + " bytes");
        }
        return broken == null ? new Fault(stage, Reason.CLOSED, "") : Fault.of(stage, Reason.RESET, broken);
    }

    Fault handshakeFault(Throwable failure) {
        if (failure instanceof SslHandshakeTimeoutException) {
            return new Fault(Stage.TLS, Reason.TLS_TIMEOUT, "");
        }
        return ended || broken != null ? fault(Stage.TLS) : Fault.of(Stage.TLS, Reason.TLS_HANDSHAKE, failure);
    }
}
