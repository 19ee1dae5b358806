package org.nostrmonitor.probe;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.Stage;

/**
 * First in the pipeline of every connection: counts what comes over the wire, and remembers when bytes came and went, TLS and
 * framing apart, and how the connection ended.
 */
final class WireGuard extends ChannelDuplexHandler {
    /** As sent, TLS and framing included. */
    private static final long MAX_BYTES = 1 << 20;

    private final LongSupplier arrival;
    private final Purse purse;
    private long received;
    private long heardNanos;
    private long sentNanos;
    private boolean spokeLast;
    private int turns;
    private int turnsWhenHeard;
    private boolean ended;
    private @Nullable IOException broken;

    /**
     * @param arrival when what is being read now was there, on the monotonic clock
     * @param purse pays for what is received
     */
    WireGuard(LongSupplier arrival, Purse purse) {
        this.arrival = arrival;
        this.purse = purse;
        this.sentNanos = System.nanoTime();
        this.heardNanos = sentNanos;
    }

    /** Before the bytes go: whom they wake may be given our processor at once. */
    @Override
    public void flush(ChannelHandlerContext ctx) {
        sentNanos = System.nanoTime();
        turns += spokeLast ? 0 : 1;
        spokeLast = true;
        ctx.flush();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        heardNanos = sentNanos(arrival.getAsLong());
        turnsWhenHeard = turns;
        spokeLast = false;
        int bytes = ((ByteBuf) message).readableBytes();
        received += bytes;
        if (received > MAX_BYTES || !purse.take(bytes)) {
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

    /** When the last bytes went, or {@code since} if that was before. */
    long sentNanos(long since) {
        return Math.max(0, sentNanos - since) + since;
    }

    /** When the last bytes were there; not before what was said when they were read. */
    long heardNanos() {
        return heardNanos;
    }

    /** Whether the last bytes came after more than one turn of ours. */
    boolean tookTurns() {
        return turnsWhenHeard > 1;
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
