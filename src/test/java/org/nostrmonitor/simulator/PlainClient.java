package org.nostrmonitor.simulator;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.PemTrustOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.nostrmonitor.nostr.ClientMessage;
import org.nostrmonitor.nostr.RelayMessage;
import org.nostrmonitor.relay.RelayUrl;

/** A client that knows the relays of a network by a hosts file of its own, and trusts their authority. */
final class PlainClient {
    private static final int PATIENCE_SECONDS = 45;

    private final Vertx vertx;
    private final WebSocketClient sockets;
    private final HttpClient http;

    /** Knows no relay by name. */
    PlainClient() {
        vertx = Vertx.vertx();
        sockets = vertx.createWebSocketClient();
        http = vertx.createHttpClient();
    }

    PlainClient(SimulatedNetwork network) {
        String hosts = network.relays().stream()
                .map(relay -> "127.0.0.1 " + relay.url().host() + "\n")
                .collect(Collectors.joining());
        vertx = Vertx.vertx(new VertxOptions()
                .setAddressResolverOptions(new AddressResolverOptions().setHostsValue(Buffer.buffer(hosts))));
        PemTrustOptions trust =
                new PemTrustOptions().addCertPath(network.authorityPem().toString());
        sockets = vertx.createWebSocketClient(
                new WebSocketClientOptions().setTrustOptions(trust).setMaxConnections(3000));
        http = vertx.createHttpClient(new HttpClientOptions().setTrustOptions(trust));
    }

    void close() {
        await(vertx.close());
    }

    Future<WebSocket> connect(RelayUrl url) {
        return sockets.connect(new WebSocketConnectOptions()
                .setHost(url.host())
                .setPort(url.port())
                .setSsl(url.secure())
                .setURI(url.target()));
    }

    /** Opens, or throws what the connect failed with. */
    Talk open(RelayUrl url) {
        Talk talk = new Talk();
        await(connect(url).onSuccess(talk::listen));
        return talk;
    }

    /** Opens all of them at once. */
    List<Talk> openAll(List<RelayUrl> urls) {
        List<Talk> talks = new ArrayList<>();
        List<Future<?>> opening = new ArrayList<>();
        for (RelayUrl url : urls) {
            Talk talk = new Talk();
            talks.add(talk);
            opening.add(connect(url).onSuccess(talk::listen));
        }
        await(Future.all(opening));
        return talks;
    }

    /** Asks for an upgrade and closes the connection without waiting for it. */
    void leaveDuringUpgrade(RelayUrl url) {
        String request = "GET / HTTP/1.1\r\nHost: " + url.host() + ":" + url.port()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
                + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        await(vertx.createNetClient()
                .connect(url.port(), "127.0.0.1")
                .compose(socket -> socket.write(request).compose(written -> socket.close())));
    }

    record Answer(int status, String type, String body) {}

    Answer get(RelayUrl url, String accept) {
        return await(http.request(new RequestOptions()
                        .setMethod(HttpMethod.GET)
                        .setHost(url.host())
                        .setPort(url.port())
                        .setSsl(url.secure())
                        .setURI(url.target())
                        .putHeader("Accept", accept))
                .compose(request -> request.send())
                .compose(PlainClient::whole));
    }

    private static Future<Answer> whole(HttpClientResponse response) {
        return response.body()
                .map(body -> new Answer(
                        response.statusCode(), String.valueOf(response.getHeader("Content-Type")), body.toString()));
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new AssertionError("nothing came of it in " + PATIENCE_SECONDS + " s", e);
        }
    }

    /** One connection: what was heard waits in order. */
    static final class Talk {
        private static final String CLOSED = "(closed)";

        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private final io.vertx.core.Promise<WebSocket> socket = io.vertx.core.Promise.promise();

        /** On the event loop, before the first frame is read. */
        private void listen(WebSocket opened) {
            opened.textMessageHandler(heard::add);
            opened.closeHandler(gone -> heard.add(CLOSED));
            socket.complete(opened);
        }

        void say(ClientMessage message) {
            say(message.toJson());
        }

        void say(String text) {
            await(await(socket.future()).writeTextMessage(text));
        }

        RelayMessage hear() {
            String text = next();
            try {
                return RelayMessage.parse(text);
            } catch (org.nostrmonitor.nostr.ProtocolException e) {
                throw new AssertionError("not a relay message: " + text, e);
            }
        }

        /** The next message must be of this type. */
        <T extends RelayMessage> T hear(Class<T> type) {
            RelayMessage message = hear();
            if (!type.isInstance(message)) {
                throw new AssertionError("not " + type.getSimpleName() + " but " + message);
            }
            return type.cast(message);
        }

        void hearClosing() {
            String text = next();
            if (!text.equals(CLOSED)) {
                throw new AssertionError("not closed but " + text);
            }
        }

        /** Whether nothing was heard until now. */
        boolean heardNothing() {
            return heard.isEmpty();
        }

        /** Completes when the relay has answered a ping, which it does after what came before. */
        void awaitPong() {
            io.vertx.core.Promise<Void> pong = io.vertx.core.Promise.promise();
            WebSocket opened = await(socket.future());
            opened.pongHandler(answer -> pong.tryComplete());
            await(opened.writePing(Buffer.buffer("?")).compose(sent -> pong.future()));
        }

        private String next() {
            try {
                String text = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (text == null) {
                    throw new AssertionError("heard nothing in " + PATIENCE_SECONDS + " s");
                }
                return text;
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted", e);
            }
        }
    }
}
