package org.nostrmonitor.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponse;

/** Puts the security headers on every response that leaves a connection, also on those that Vert.x makes without a route. */
final class HeadersOnTheWire extends ChannelOutboundHandlerAdapter {
    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse response) {
            SecurityHeaders.set(response.headers());
        }
        var unused = ctx.write(message, promise);
    }
}
