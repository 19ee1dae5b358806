package org.nostrmonitor.probe;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.internal.net.NetSocketInternal;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.nostrmonitor.relay.RelayUrl;

/** The pipeline of a connection without a socket: a test says what arrives, in which pieces, and reads what was sent. */
final class Wired {
    private static final RelayUrl RELAY = RelayUrl.of("ws://relay.example/");

    private final EmbeddedChannel channel = new EmbeddedChannel();
    final Line line;

    Wired() {
        WireGuard guard = new WireGuard(System::nanoTime);
        channel.pipeline().addLast("guard", guard).addLast(Line.LAST, new Swallowing());
        line = new Line(socket(), guard, new Destination(RELAY, List.of(), null));
    }

    /** Of a socket, the prober's handlers ask for its pipeline only. */
    private NetSocketInternal socket() {
        return (NetSocketInternal) Proxy.newProxyInstance(
                Wired.class.getClassLoader(), new Class<?>[] {NetSocketInternal.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("channelHandlerContext")) {
                        return channel.pipeline().context(Line.LAST);
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    /** All that was sent and not read yet, a byte a character. */
    String sent() {
        StringBuilder sent = new StringBuilder();
        for (Object message = channel.readOutbound(); message != null; message = channel.readOutbound()) {
            if (message instanceof ByteBuf bytes) {
                sent.append(bytes.toString(StandardCharsets.ISO_8859_1));
            }
            ReferenceCountUtil.release(message);
        }
        return sent.toString();
    }

    /**
     * Lets these bytes arrive, a byte a character, so many at a time, until the connection is closed.
     *
     * @throws RuntimeException what a handler let escape
     */
    void receive(String bytes, int atATime) {
        for (int from = 0; from < bytes.length() && channel.isOpen(); from += atATime) {
            String chunk = bytes.substring(from, Math.min(bytes.length(), from + atATime));
            channel.writeInbound(Unpooled.copiedBuffer(chunk, StandardCharsets.ISO_8859_1));
            channel.runPendingTasks();
        }
    }

    /**
     * Ends the connection as the other side does.
     *
     * @throws RuntimeException what a handler let escape
     */
    void end() {
        var unused = channel.finishAndReleaseAll();
        channel.checkException();
    }

    private static final class Swallowing extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ReferenceCountUtil.release(message);
        }
    }
}
