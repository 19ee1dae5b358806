package org.nostrmonitor.simulator;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;

/** First in the pipeline of a timed relay: the moments at which bytes came and went, TLS and framing apart. */
final class TimedWire extends ChannelDuplexHandler {
    private long openedNanos;
    private long readNanos;
    private long writtenNanos;

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        openedNanos = System.nanoTime();
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        readNanos = System.nanoTime();
        ctx.fireChannelRead(message);
    }

    /** Before the bytes go: whom they wake may be given our processor at once. */
    @Override
    public void flush(ChannelHandlerContext ctx) {
        writtenNanos = System.nanoTime();
        ctx.flush();
    }

    long openedNanos() {
        return openedNanos;
    }

    long readNanos() {
        return readNanos;
    }

    long writtenNanos() {
        return writtenNanos;
    }
}
