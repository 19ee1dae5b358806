package org.nostrmonitor.probe;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Stage;

/**
 * The SOCKS5 dialogue (RFC 1928) that makes a connection to a proxy one to a relay. The proxy gets the name, never an address.
 * Each host logs in under a user name of its own (RFC 1929): Tor keeps streams of different user names on different circuits
 * ({@code IsolateSOCKSAuth}), so that one relay's bad circuit is not another's.
 */
final class Tunnel extends ByteToMessageDecoder {
    private static final String NAME = "tunnel";
    private static final byte[] GREETING = {5, 2, 0, 2};
    private static final int NO_LOGIN = 0;
    private static final int LOGIN = 2;
    private static final byte[] PASSWORD = "nostr-monitor".getBytes(StandardCharsets.US_ASCII);

    private enum Step {
        METHOD,
        LOGIN,
        REPLY
    }

    private final Line line;
    private final byte[] host;
    private final Promise<Line> promise = Promise.promise();
    private Step step = Step.METHOD;

    private Tunnel(Line line) {
        this.line = line;
        this.host = line.destination().url().host().getBytes(StandardCharsets.US_ASCII);
    }

    /** Completes with the same line, now to the relay; fails with a {@link Fault}, the line closed. */
    static Future<Line> through(Line line, Deadline deadline) {
        Tunnel tunnel = new Tunnel(line);
        line.pipeline().addBefore(Line.LAST, NAME, tunnel);
        tunnel.send(GREETING);
        return deadline.bound(line.channel().eventLoop(), tunnel.promise, tunnel::late)
                .onFailure(failure -> line.drop());
    }

    /** A proxy that took the request waits for the relay; one that did not is itself silent. */
    private Fault late() {
        return step == Step.REPLY
                ? new Fault(Stage.TCP, Reason.TCP_TIMEOUT, "through the proxy")
                : SocksReply.proxy("the proxy does not answer");
    }

    private void send(byte[] message) {
        line.pipeline()
                .context(this)
                .writeAndFlush(Unpooled.wrappedBuffer(message))
                .addListener(sent -> {
                    if (!sent.isSuccess()) {
                        promise.tryFail(SocksReply.proxy("the proxy is gone: " + sent.cause()));
                    }
                });
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (promise.future().isComplete()) {
            in.skipBytes(in.readableBytes());
            return;
        }
        switch (step) {
            case METHOD -> method(in);
            case LOGIN -> login(in);
            case REPLY -> reply(ctx, in);
        }
    }

    private void method(ByteBuf in) {
        if (in.readableBytes() < 2) {
            return;
        }
        int version = in.readUnsignedByte();
        int method = in.readUnsignedByte();
        if (version != 5 || (method != NO_LOGIN && method != LOGIN)) {
            promise.tryFail(SocksReply.proxy("the proxy does not speak SOCKS5 with us"));
        } else if (method == LOGIN) {
            step = Step.LOGIN;
            send(credentials());
        } else {
            ask();
        }
    }

    private void login(ByteBuf in) {
        if (in.readableBytes() < 2) {
            return;
        }
        in.skipBytes(1);
        if (in.readByte() == 0) {
            ask();
        } else {
            promise.tryFail(SocksReply.proxy("the proxy refuses our user name"));
        }
    }

    private void ask() {
        step = Step.REPLY;
        send(request());
    }

    /** A refusal may end after its code; a yes is followed by an address that is of no use, and then by the relay. */
    private void reply(ChannelHandlerContext ctx, ByteBuf in) {
        if (in.readableBytes() < 2) {
            return;
        }
        int start = in.readerIndex();
        int code = in.getUnsignedByte(start + 1);
        if (in.getUnsignedByte(start) != 5) {
            promise.tryFail(SocksReply.proxy("the proxy does not speak SOCKS5 with us"));
        } else if (code != 0) {
            promise.tryFail(SocksReply.fault(code));
        } else if (in.readableBytes() >= 5 && in.readableBytes() >= replyLength(in, start)) {
            in.skipBytes(replyLength(in, start));
            ctx.pipeline().remove(this);
            promise.tryComplete(line);
        }
    }

    private static int replyLength(ByteBuf in, int start) {
        int address = switch (in.getUnsignedByte(start + 3)) {
            case 3 -> 1 + in.getUnsignedByte(start + 4);
            case 4 -> 16;
            default -> 4;
        };
        return 4 + address + 2;
    }

    private byte[] credentials() {
        ByteBuf message = Unpooled.buffer();
        message.writeByte(1).writeByte(host.length).writeBytes(host);
        return ByteBufUtil.getBytes(message.writeByte(PASSWORD.length).writeBytes(PASSWORD));
    }

    private byte[] request() {
        RelayUrl url = line.destination().url();
        ByteBuf message = Unpooled.buffer();
        message.writeByte(5).writeByte(1).writeByte(0).writeByte(3);
        return ByteBufUtil.getBytes(
                message.writeByte(host.length).writeBytes(host).writeShort(url.port()));
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        promise.tryFail(SocksReply.proxy("the proxy closed the connection"));
        super.channelInactive(ctx);
    }
}
