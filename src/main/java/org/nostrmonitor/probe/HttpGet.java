package org.nostrmonitor.probe;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.Stage;

/** One HTTP GET of a NIP-11 document over a line of its own; reads no more of the answer than it has to. */
final class HttpGet extends ChannelInboundHandlerAdapter {
    static final int MAX_BODY = 128 << 10;

    /**
     * @param location of a redirect, or null
     * @param body of a success, else empty
     */
    record Answer(int status, @Nullable String location, ByteBuffer body) {
        boolean isSuccess() {
            return status >= 200 && status < 300;
        }

        boolean isRedirect() {
            return status >= 300 && status < 400 && location != null;
        }
    }

    private final Line line;
    private final Promise<Answer> promise = Promise.promise();
    private final ByteBuf body = Unpooled.buffer();
    private int status;
    private int interim;

    private HttpGet(Line line) {
        this.line = line;
    }

    /** Completes with the answer; fails with a {@link Fault} at {@code NIP11}. The line is dropped either way. */
    static Future<Answer> of(Line line, Deadline deadline) {
        HttpGet get = new HttpGet(line);
        line.pipeline().addBefore(Line.LAST, "http", HttpMessages.codec()).addBefore(Line.LAST, "get", get);
        FullHttpRequest request = HttpMessages.get(line.destination().url());
        request.headers()
                .set(HttpHeaderNames.ACCEPT, "application/nostr+json")
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        line.channel().writeAndFlush(request).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        return deadline.bound(
                        line.channel().eventLoop(), get.promise, () -> new Fault(Stage.NIP11, Reason.NO_REPLY, ""))
                .onComplete(result -> line.drop());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (!promise.future().isComplete() && message instanceof HttpObject part) {
                read(part);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(HttpObject part) {
        if (part.decoderResult().isFailure()) {
            promise.tryFail(
                    HttpMessages.unreadable(Stage.NIP11, part.decoderResult().cause()));
        } else if (part instanceof HttpResponse head) {
            head(head);
        } else if (part instanceof HttpContent content && status != 0) {
            content(content);
        }
    }

    private void head(HttpResponse head) {
        if (head.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            Fault fault = HttpMessages.tooMany(++interim, Stage.NIP11);
            if (fault != null) {
                promise.tryFail(fault);
            }
            return;
        }
        status = head.status().code();
        if (head.status().codeClass() != HttpStatusClass.SUCCESS) {
            promise.tryComplete(
                    new Answer(status, head.headers().get(HttpHeaderNames.LOCATION), ByteBuffer.allocate(0)));
        }
    }

    private void content(HttpContent content) {
        if (body.readableBytes() + content.content().readableBytes() > MAX_BODY) {
            promise.tryFail(new Fault(Stage.NIP11, Reason.TOO_LARGE, "more than " + MAX_BODY + " bytes"));
            return;
        }
        body.writeBytes(content.content());
        if (content instanceof LastHttpContent) {
            promise.tryComplete(new Answer(status, null, body.nioBuffer()));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof CodecException) {
            promise.tryFail(Fault.of(Stage.NIP11, Reason.PROTOCOL, cause));
        } else if (!(cause instanceof IOException)) {
            promise.tryFail(cause);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        promise.tryFail(line.guard().fault(Stage.NIP11));
        ctx.fireChannelInactive();
    }
}
