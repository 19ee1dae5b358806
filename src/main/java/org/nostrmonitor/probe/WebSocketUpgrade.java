package org.nostrmonitor.probe;

import static io.netty.handler.codec.http.HttpHeaderNames.CONNECTION;
import static io.netty.handler.codec.http.HttpHeaderNames.SEC_WEBSOCKET_ACCEPT;
import static io.netty.handler.codec.http.HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS;
import static io.netty.handler.codec.http.HttpHeaderNames.SEC_WEBSOCKET_KEY;
import static io.netty.handler.codec.http.HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL;
import static io.netty.handler.codec.http.HttpHeaderNames.SEC_WEBSOCKET_VERSION;
import static io.netty.handler.codec.http.HttpHeaderNames.UPGRADE;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Stage;

/**
 * Turns a line into a WebSocket (RFC 6455 §4): asks, judges the answer, and puts the frame codec into the pipeline. Judges by
 * the head of the response alone, and asks for no extension or subprotocol.
 */
final class WebSocketUpgrade extends ChannelInboundHandlerAdapter {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int SWITCHING_PROTOCOLS = 101;

    private final Line line;
    private final String key;
    private int interim;
    private final Promise<RelayConnection> promise = Promise.promise();

    private WebSocketUpgrade(Line line) {
        this.line = line;
        byte[] nonce = new byte[16];
        ThreadLocalRandom.current().nextBytes(nonce);
        this.key = Base64.getEncoder().encodeToString(nonce);
    }

    /** Completes with the open connection; fails with a {@link Fault} at {@code UPGRADE}, the line then dropped. */
    static Future<RelayConnection> of(Line line, Deadline deadline) {
        WebSocketUpgrade upgrade = new WebSocketUpgrade(line);
        line.pipeline().addBefore(Line.LAST, "http", HttpMessages.codec()).addBefore(Line.LAST, "upgrade", upgrade);
        line.channel()
                .writeAndFlush(upgrade.request(line.destination().url()))
                .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        return deadline.bound(
                        line.channel().eventLoop(),
                        upgrade.promise,
                        () -> new Fault(Stage.UPGRADE, Reason.UPGRADE_TIMEOUT, ""))
                .onFailure(failure -> line.drop());
    }

    private FullHttpRequest request(RelayUrl url) {
        FullHttpRequest request = HttpMessages.get(url);
        request.headers()
                .set(UPGRADE, HttpHeaderValues.WEBSOCKET)
                .set(CONNECTION, HttpHeaderValues.UPGRADE)
                .set(SEC_WEBSOCKET_KEY, key)
                .set(SEC_WEBSOCKET_VERSION, "13");
        return request;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof HttpResponse response) {
                judge(response);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    /** RFC 9110 §15.2: other 1xx may come before the answer. */
    private static boolean isInterim(HttpResponse response) {
        return response.decoderResult().isSuccess()
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL
                && response.status().code() != SWITCHING_PROTOCOLS;
    }

    private void judge(HttpResponse response) {
        boolean isInterim = isInterim(response);
        interim += isInterim ? 1 : 0;
        Fault fault = isInterim ? HttpMessages.tooMany(interim, Stage.UPGRADE) : fault(response);
        if (fault != null) {
            promise.tryFail(fault);
        } else if (!isInterim && !promise.future().isComplete()) {
            promise.tryComplete(switchProtocols());
        }
    }

    private @Nullable Fault fault(HttpResponse response) {
        if (response.decoderResult().isFailure()) {
            return HttpMessages.unreadable(
                    Stage.UPGRADE, response.decoderResult().cause());
        }
        if (response.status().code() != SWITCHING_PROTOCOLS) {
            return new Fault(
                    Stage.UPGRADE,
                    Reason.UPGRADE_STATUS,
                    Integer.toString(response.status().code()));
        }
        String breach = breach(response.headers());
        return breach == null ? null : new Fault(Stage.UPGRADE, Reason.PROTOCOL, breach);
    }

    /** RFC 6455 §4.1, what a client has to check, or null if all is well. */
    private @Nullable String breach(HttpHeaders headers) {
        if (!headers.containsValue(UPGRADE, HttpHeaderValues.WEBSOCKET, true)) {
            return "101 without Upgrade: websocket";
        }
        if (!headers.containsValue(CONNECTION, HttpHeaderValues.UPGRADE, true)) {
            return "101 without Connection: Upgrade";
        }
        String accept = headers.get(SEC_WEBSOCKET_ACCEPT);
        if (accept == null || !accept.strip().equals(expectedAccept())) {
            return "wrong Sec-WebSocket-Accept";
        }
        String extensions = headers.get(SEC_WEBSOCKET_EXTENSIONS);
        if (extensions != null && !extensions.isBlank()) {
            return "an extension that was not asked for: " + extensions;
        }
        String protocol = headers.get(SEC_WEBSOCKET_PROTOCOL);
        return protocol == null ? null : "a subprotocol that was not asked for: " + protocol;
    }

    private String expectedAccept() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    /** What the relay sent right behind the 101 is still in the HTTP codec: it goes last, and hands that on to the frames. */
    private RelayConnection switchProtocols() {
        ChannelPipeline pipeline = line.pipeline();
        RelayConnection connection = new RelayConnection(line);
        pipeline.addBefore("upgrade", "frames-in", new WebSocket13FrameDecoder(decoding()))
                .addBefore("upgrade", "frames-out", new WebSocket13FrameEncoder(true))
                .addBefore("upgrade", "frames", new FrameReader(connection, line.guard()));
        HttpClientCodec codec = pipeline.get(HttpClientCodec.class);
        codec.removeOutboundHandler();
        pipeline.remove(this);
        line.channel().eventLoop().execute(() -> {
            if (codec == pipeline.get("http")) {
                pipeline.remove(codec);
            }
        });
        return connection;
    }

    private static WebSocketDecoderConfig decoding() {
        return WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(FrameReader.MAX_MESSAGE)
                .expectMaskedFrames(false)
                .allowMaskMismatch(false)
                .allowExtensions(false)
                .closeOnProtocolViolation(false)
                .withUTF8Validator(false)
                .build();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        promise.tryFail(line.guard().fault(Stage.UPGRADE));
        ctx.fireChannelInactive();
    }
}
