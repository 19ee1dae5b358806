package org.nostrmonitor.simulator;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.ClientMessage;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.nostr.ProtocolException;
import org.nostrmonitor.nostr.RelayMessage;
import org.nostrmonitor.simulator.TimedVisit.Question;

/**
 * One client's talk with a timed relay. Holds back the 101, and the answers to the first REQ and to the first EVENT; all else
 * is answered at once. Costs as little as can be, since it runs beside what it helps to measure.
 */
final class TimedConversation extends SimpleChannelInboundHandler<Object> {
    private static final int MOST_MESSAGE_BYTES = 65_536;

    private final TimedWire wire;
    private final TimedLoops loops;
    private final Function<String, @Nullable TimedRelay> relayOfHost;
    private final NostrEvent note;
    private TimedVisit visit = new TimedVisit();
    private @Nullable TimedRelay relay;
    private @Nullable String echoTo;
    private long handshakeNanos;
    private boolean asked;
    private boolean written;

    TimedConversation(
            TimedWire wire, TimedLoops loops, Function<String, @Nullable TimedRelay> relayOfHost, NostrEvent note) {
        this.loops = loops;
        this.wire = wire;
        this.relayOfHost = relayOfHost;
        this.note = note;
    }

    /** The client's last words of the handshake have been read: what the relay says after them, nobody waits for. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent) {
            handshakeNanos = wire.turnsNanos();
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, Object message) {
        if (message instanceof FullHttpRequest request) {
            upgrade(ctx, request);
        } else if (message instanceof TextWebSocketFrame frame) {
            hear(ctx, frame.text());
        } else if (message instanceof CloseWebSocketFrame) {
            ctx.writeAndFlush(new CloseWebSocketFrame()).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void upgrade(ChannelHandlerContext ctx, FullHttpRequest request) {
        String host = request.headers().get(HttpHeaderNames.HOST, "");
        TimedRelay named = relayOfHost.apply(host.replaceFirst(":\\d+$", ""));
        if (named == null) {
            ctx.close().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
            return;
        }
        relay = named;
        visit = named.visited();
        FullHttpRequest kept = ReferenceCountUtil.retain(request);
        hold(ctx, Question.UPGRADE, () -> {
            new WebSocketServerHandshaker13(host, null, false, MOST_MESSAGE_BYTES)
                    .handshake(ctx.channel(), kept)
                    .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
            kept.release();
        });
    }

    private void hear(ChannelHandlerContext ctx, String text) {
        try {
            answer(ctx, ClientMessage.parse(text));
        } catch (ProtocolException e) {
            say(ctx, List.of(new RelayMessage.Notice("error: " + e.getMessage())));
        }
    }

    private void answer(ChannelHandlerContext ctx, ClientMessage message) {
        if (message instanceof ClientMessage.Req req && !asked) {
            asked = true;
            RelayMessage event = new RelayMessage.Event(req.subscription(), note);
            RelayMessage end = new RelayMessage.Eose(req.subscription());
            hold(ctx, Question.READ, () -> say(ctx, List.of(event, end)));
        } else if (message instanceof ClientMessage.Req req) {
            echoTo = req.subscription();
            say(ctx, List.of(new RelayMessage.Eose(req.subscription())));
        } else if (message instanceof ClientMessage.Event event && !written) {
            written = true;
            hold(ctx, Question.WRITE, () -> say(ctx, taken(event.event())));
        } else if (message instanceof ClientMessage.Event event) {
            say(ctx, taken(event.event()));
        }
    }

    private List<RelayMessage> taken(NostrEvent event) {
        List<RelayMessage> answers = new ArrayList<>();
        answers.add(new RelayMessage.Ok(event.id(), true, ""));
        if (echoTo != null) {
            answers.add(new RelayMessage.Event(echoTo, event));
        }
        return answers;
    }

    private void hold(ChannelHandlerContext ctx, Question question, Runnable answer) {
        TimedRelay asker = relay;
        if (asker == null) {
            return;
        }
        TimedVisit of = visit;
        long before = question == Question.UPGRADE ? handshakeNanos : 0;
        long read = wire.readNanos();
        long intended = asker.nextLatencyNanos();
        var unused = ctx.executor()
                .schedule(
                        () -> {
                            answer.run();
                            long held = wire.writtenNanos() - read;
                            of.answered(
                                    question,
                                    new TimedAnswer(before + held, before + intended, isSure(ctx, question, read)));
                        },
                        intended - (System.nanoTime() - read),
                        TimeUnit.NANOSECONDS);
    }

    /** The 101 is the end of all that the client did to open the connection. */
    private boolean isSure(ChannelHandlerContext ctx, Question question, long read) {
        return question == Question.UPGRADE
                ? loops.onTime(ctx.executor(), wire.openedNanos(), wire.helloNanos(), read)
                : loops.onTime(ctx.executor(), read);
    }

    private static void say(ChannelHandlerContext ctx, List<RelayMessage> messages) {
        for (RelayMessage message : messages) {
            ctx.write(new TextWebSocketFrame(message.toJson())).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }
        ctx.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }
}
