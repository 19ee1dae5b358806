package org.nostrmonitor.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.nostr.ClientMessage;
import org.nostrmonitor.nostr.Filter;
import org.nostrmonitor.testing.Await;

class TimedNetworkTest {
    @Test
    void remembersHowLongEachAnswerWasHeldBack() {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setAddressResolverOptions(
                        new AddressResolverOptions().setHostsValue(Buffer.buffer("127.0.0.1 timed-0.localhost\n"))));
        try {
            TimedRelay relay = PlainClient.await(TimedNetwork.start(vertx, 1, 1, false))
                    .relays()
                    .get(0);
            WebSocketClient client = vertx.createWebSocketClient();
            long asked = System.nanoTime();
            WebSocket socket = PlainClient.await(client.connect(new WebSocketConnectOptions()
                    .setHost(relay.url().host())
                    .setPort(relay.url().port())
                    .setURI("/")));
            long opened = System.nanoTime() - asked;
            TimedAnswer upgrade = answer(relay.latest()::upgrade);
            assertThat(upgrade.heldNanos()).isBetween(upgrade.intendedNanos(), opened);
            Promise<String> heard = Promise.promise();
            socket.textMessageHandler(heard::tryComplete);
            asked = System.nanoTime();
            PlainClient.await(socket.writeTextMessage(new ClientMessage.Req("a", List.of(Filter.ANY)).toJson()));
            assertThat(PlainClient.await(heard.future())).startsWith("[\"EVENT\",\"a\"");
            long waited = System.nanoTime() - asked;
            TimedAnswer read = answer(relay.latest()::read);
            assertThat(read.heldNanos()).isBetween(read.intendedNanos(), waited);
            assertThat(relay.latest().write()).isEmpty();
            // Vert.x closes a client that nobody refers to any more.
            PlainClient.await(client.close());
        } finally {
            PlainClient.await(vertx.close());
        }
    }

    /** It is noted a moment after it was given. */
    private static TimedAnswer answer(Supplier<Optional<TimedAnswer>> noted) {
        return Await.until(() -> Future.succeededFuture(noted.get()), Optional::isPresent)
                .orElseThrow();
    }

    @Test
    void injectsLatenciesBetweenFiveAndEightHundredMilliseconds() {
        InjectedLatency latency = new InjectedLatency(1);
        long[] millis = LongStream.generate(latency::nextNanos)
                .limit(20_000)
                .map(TimeUnit.NANOSECONDS::toMillis)
                .sorted()
                .toArray();
        assertThat(millis[0]).isEqualTo(5);
        assertThat(millis[millis.length / 2]).isBetween(66L, 74L);
        assertThat(millis[millis.length - 1]).isEqualTo(800);
    }

    @Test
    void injectsTheSameForTheSameSeed() {
        InjectedLatency one = new InjectedLatency(7);
        InjectedLatency same = new InjectedLatency(7);
        assertThat(LongStream.generate(one::nextNanos).limit(50).toArray())
                .isEqualTo(LongStream.generate(same::nextNanos).limit(50).toArray());
    }
}
