package org.nostrmonitor.simulator;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;

/**
 * First in the pipeline of a timed relay: the moments at which bytes came and went, TLS and framing apart, and how long it was
 * the relay's turn.
 */
final class TimedWire extends ChannelDuplexHandler {
    private long openedNanos;
    private long helloNanos;
    private long turnsNanos;
    private boolean ourTurn;
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
        helloNanos = helloNanos == 0 ? readNanos : helloNanos;
        ourTurn = true;
        ctx.fireChannelRead(message);
    }

    /** Before the bytes go: whom they wake may be given our processor at once. */
    @Override
    public void flush(ChannelHandlerContext ctx) {
        writtenNanos = System.nanoTime();
        turnsNanos += ourTurn ? writtenNanos - readNanos : 0;
        ourTurn = false;
        ctx.flush();
    }

    long openedNanos() {
        return openedNanos;
    }

    /** When the client's first bytes were read. */
    long helloNanos() {
        return helloNanos;
    }

    /** How long all turns of the relay took that have ended, each from the last bytes read to the first written. */
    long turnsNanos() {
        return turnsNanos;
    }

    long readNanos() {
        return readNanos;
    }

    long writtenNanos() {
        return writtenNanos;
    }
}
