package org.nostrmonitor.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.nostr.ClientMessage;
import org.nostrmonitor.nostr.Filter;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.nostr.RelayMessage;
import org.nostrmonitor.simulator.PlainClient.Talk;

class TargetRelayTest {
    private final Vertx vertx = Vertx.vertx();
    private final Events events = new Events();
    private final PlainClient client = new PlainClient();
    private TargetRelay target;

    @BeforeEach
    void start() {
        target = PlainClient.await(TargetRelay.start(vertx, 0, InstantSource.system()));
    }

    @AfterEach
    void stop() {
        client.close();
        PlainClient.await(vertx.close());
    }

    private static RelayMessage.Ok send(Talk talk, NostrEvent event) {
        talk.say(new ClientMessage.Event(event));
        return talk.hear(RelayMessage.Ok.class);
    }

    @Test
    void keepsWhatIsPublishedAndReplacesIt() {
        Talk talk = client.open(target.url());
        long now = System.currentTimeMillis() / 1000;
        NostrEvent first = events.addressable(now - 1, "wss://a/", "first");
        NostrEvent second = events.addressable(now, "wss://a/", "second");
        assertThat(send(talk, first)).isEqualTo(new RelayMessage.Ok(first.id(), true, ""));
        assertThat(send(talk, second).accepted()).isTrue();
        RelayMessage.Ok stale = send(talk, first);
        assertThat(stale.accepted()).isTrue();
        assertThat(stale.message()).startsWith("duplicate:");
        assertThat(target.events()).containsExactly(second);
        assertThat(target.latest(Events.ADDRESSABLE, events.pubkey(), "wss://a/"))
                .contains(second);
    }

    @Test
    void refusesWhatIsForged() {
        Talk talk = client.open(target.url());
        RelayMessage.Ok ok = send(talk, Events.forged(events.now(1)));
        assertThat(ok.accepted()).isFalse();
        assertThat(target.size()).isZero();
    }

    @Test
    void tellsThoseWhoListenOnlyOfWhatIsNew() {
        Talk reader = client.open(target.url());
        reader.say(new ClientMessage.Req("live", List.of(Filter.ANY.withKinds(List.of(1)))));
        reader.hear(RelayMessage.Eose.class);
        Talk writer = client.open(target.url());
        NostrEvent first = events.now(1);
        NostrEvent second = events.at(first.createdAt(), 1, List.of(), "another");
        send(writer, first);
        send(writer, first);
        send(writer, second);
        assertThat(reader.hear()).isEqualTo(new RelayMessage.Event("live", first));
        assertThat(reader.hear()).isEqualTo(new RelayMessage.Event("live", second));
    }

    @Test
    void answersAWaitWithWhatIsHereWithWhatComesAndWithPatienceLost() {
        Talk talk = client.open(target.url());
        NostrEvent event = events.now(1);
        Future<NostrEvent> coming = target.await(event::equals, Duration.ofSeconds(10));
        send(talk, event);
        assertThat(PlainClient.await(coming)).isEqualTo(event);
        assertThat(PlainClient.await(target.await(event::equals, Duration.ofSeconds(10))))
                .isEqualTo(event);
        Future<NostrEvent> never = target.await(other -> false, Duration.ofMillis(20));
        assertThatThrownBy(() -> PlainClient.await(never)).hasMessageContaining("PT0.02S");
    }

    @Test
    void closesItsPortAndItsConnections() {
        Talk talk = client.open(target.url());
        PlainClient.await(target.stop());
        talk.hearClosing();
        assertThatThrownBy(() -> client.open(target.url())).isInstanceOf(java.net.ConnectException.class);
    }
}
