package org.nostrmonitor.probe;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.Stage;

/**
 * Reads the frames of one relay into text messages, within the budget of a probe. On any breach it tells the connection and
 * closes the channel at once.
 */
final class FrameReader extends ChannelInboundHandlerAdapter {
    /** Bytes of one message, in however many frames. */
    static final int MAX_MESSAGE = 256 << 10;

    private static final int MAX_FRAMES = 500;
    private static final int MAX_CONTROL_FRAMES = 10;

    private final RelayConnection connection;
    private final WireGuard guard;
    private int frames;
    private int controlFrames;
    private @Nullable ByteBuf text;
    private boolean inMessage;

    FrameReader(RelayConnection connection, WireGuard guard) {
        this.connection = connection;
        this.guard = guard;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof WebSocketFrame frame) {
                hear(ctx, frame);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    /** Once the connection is over, all that is waited for is the other side's goodbye. */
    private void hear(ChannelHandlerContext ctx, WebSocketFrame frame) {
        if (!connection.isOver()) {
            read(ctx, frame);
        } else if (frame instanceof CloseWebSocketFrame) {
            ctx.close().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }
    }

    private void read(ChannelHandlerContext ctx, WebSocketFrame frame) {
        if (++frames > MAX_FRAMES) {
            breach(ctx, Reason.TOO_LARGE, "more than " + MAX_FRAMES + " frames");
        } else if (frame instanceof PingWebSocketFrame || frame instanceof PongWebSocketFrame) {
            control(ctx, frame);
        } else if (frame instanceof CloseWebSocketFrame close) {
            closed(ctx, close);
        } else {
            data(ctx, frame);
        }
    }

    private void control(ChannelHandlerContext ctx, WebSocketFrame frame) {
        if (++controlFrames > MAX_CONTROL_FRAMES) {
            breach(ctx, Reason.TOO_LARGE, "more than " + MAX_CONTROL_FRAMES + " control frames");
        } else if (frame instanceof PingWebSocketFrame) {
            ctx.writeAndFlush(new PongWebSocketFrame(frame.content().retain()))
                    .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }
    }

    private void closed(ChannelHandlerContext ctx, CloseWebSocketFrame close) {
        String why =
                close.statusCode() < 0 ? "without a code" : (close.statusCode() + " " + close.reasonText()).strip();
        connection.end(Reason.CLOSED, why);
        ctx.writeAndFlush(new CloseWebSocketFrame()).addListener(ChannelFutureListener.CLOSE);
    }

    /** A binary message is counted and passed over: NIP-01 is text. The decoder has checked the order of the frames. */
    private void data(ChannelHandlerContext ctx, WebSocketFrame frame) {
        if (!(frame instanceof ContinuationWebSocketFrame)) {
            inMessage = true;
            text = frame instanceof TextWebSocketFrame
                    ? Unpooled.buffer(frame.content().readableBytes())
                    : null;
        } else if (!inMessage) {
            breach(ctx, Reason.PROTOCOL, "a continuation of nothing");
            return;
        }
        if (text != null && text.readableBytes() + frame.content().readableBytes() > MAX_MESSAGE) {
            breach(ctx, Reason.TOO_LARGE, "a message of more than " + MAX_MESSAGE + " bytes");
            return;
        }
        if (text != null) {
            text.writeBytes(frame.content());
        }
        if (frame.isFinalFragment()) {
            inMessage = false;
            deliver(ctx);
        }
    }

    private void deliver(ChannelHandlerContext ctx) {
        ByteBuf whole = text;
        text = null;
        if (whole == null) {
            return;
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(whole.array(), whole.arrayOffset(), whole.readableBytes());
            connection.hear(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (CharacterCodingException e) {
            // RFC 6455 §8.1
            breach(ctx, Reason.PROTOCOL, "a text message that is not UTF-8");
        }
    }

    private void breach(ChannelHandlerContext ctx, Reason reason, String detail) {
        connection.end(reason, detail);
        ctx.close().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof CorruptedWebSocketFrameException corrupted) {
            boolean tooLarge = corrupted.closeStatus().equals(WebSocketCloseStatus.MESSAGE_TOO_BIG);
            breach(ctx, tooLarge ? Reason.TOO_LARGE : Reason.PROTOCOL, String.valueOf(cause.getMessage()));
        } else if (cause instanceof CodecException) {
            breach(ctx, Reason.PROTOCOL, String.valueOf(cause.getMessage()));
        } else {
            if (!(cause instanceof IOException)) {
                connection.broke(cause);
            }
            ctx.close().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        connection.end(guard.fault(Stage.UPGRADE));
        ctx.fireChannelInactive();
    }
}
