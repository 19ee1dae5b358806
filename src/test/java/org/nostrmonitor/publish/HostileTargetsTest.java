package org.nostrmonitor.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.nostr.RelayMessage;
import org.nostrmonitor.publish.ScriptedTarget.Peer;
import org.nostrmonitor.publish.ScriptedTarget.Script;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.LastWord;

class HostileTargetsTest {
    @RegisterExtension
    final PublisherLab lab = new PublisherLab();

    @Test
    void hangsUpOnWhoTakesTheConnectionAndIsSilent() throws Exception {
        BlockingQueue<NetSocket> closed = new LinkedBlockingQueue<>();
        int port = PublisherLab.await(lab.vertx
                        .createNetServer()
                        .connectHandler(socket -> socket.closeHandler(gone -> closed.add(socket)))
                        .listen(0, "127.0.0.1"))
                .actualPort();
        RelayUrl target = RelayUrl.of("ws://127.0.0.1:" + port);
        lab.pending(1, target);

        EventPublisher publisher = lab.publishImpatiently(target);

        assertThat(closed.poll(5, TimeUnit.SECONDS)).as("the first connection").isNotNull();
        assertThat(closed.poll(5, TimeUnit.SECONDS)).as("the second").isNotNull();
        lab.awaitError(publisher, "cannot be reached: it does not answer in time");
    }

    @Test
    void takesAnswersToWhatWasNeverSentForSilence() throws Exception {
        ScriptedTarget target = lab.target((peer, event) ->
                lab.vertx.setPeriodic(20, timer -> peer.say(new RelayMessage.Ok("00".repeat(32), true, ""))));
        lab.pending(1, target.url());

        EventPublisher publisher = lab.publishImpatiently(target.url());

        target.nextConnection();
        target.nextConnection();
        lab.awaitError(publisher, "it does not answer");
    }

    @Test
    void takesTheSameDemandForAuthenticationOverAndOverForSilence() throws Exception {
        ScriptedTarget target = lab.target((peer, event) ->
                lab.vertx.setPeriodic(20, timer -> peer.ok(event, false, "auth-required: who are you")));
        lab.pending(1, target.url());

        EventPublisher publisher = lab.publishImpatiently(target.url());

        target.nextConnection();
        target.nextConnection();
        lab.awaitError(publisher, "it wants to know who we are, but sends no challenge (NIP-42)");
    }

    @Test
    void saysThatItsAuthenticationIsNotAnswered() throws Exception {
        ScriptedTarget target = lab.target(new Script() {
            @Override
            public void connected(Peer peer) {
                peer.say(new RelayMessage.Auth("challenge"));
            }

            @Override
            public void event(Peer peer, NostrEvent event) {
                peer.ok(event, false, "auth-required: who are you");
            }

            @Override
            public void auth(Peer peer, NostrEvent proof) {}
        });
        lab.pending(2, target.url());

        EventPublisher publisher = lab.publishImpatiently(target.url());

        lab.awaitError(publisher, "it does not answer who we said we are (NIP-42)");
        assertThat(lab.outbox.pendingIds(target.url())).hasSize(2);
    }

    @Test
    void believesTheFirstAnswerOnly() throws Exception {
        ScriptedTarget target = lab.target((peer, event) -> {
            peer.ok(event, true, "");
            peer.ok(event, false, "invalid: no, wait");
            peer.ok(event, true, "");
        });
        List<String> ids = lab.pending(60, target.url());

        EventPublisher publisher = lab.publish(target.url());
        lab.outbox.awaitEmpty(target.url());

        assertThat(target.receivedIds()).containsExactlyElementsOf(ids);
        assertThat(publisher.states().get(0).accepted()).isEqualTo(60);
        assertThat(publisher.states().get(0).refused()).isZero();
        assertThat(lab.outbox.words(target.url())).extracting(LastWord::answer).containsOnly("accepted");
    }

    @Test
    void bringsTheOthersPastAnEventThatIsAlwaysTooMuchForNow() throws Exception {
        String[] never = new String[1];
        ScriptedTarget target = lab.target((peer, event) -> {
            boolean limited = event.id().equals(never[0]);
            peer.ok(event, !limited, limited ? "rate-limited: later" : "");
        });
        never[0] = lab.pending(1, target.url()).get(0);
        lab.publish(target.url());
        target.nextArrival();
        target.nextArrival();

        List<String> others = lab.pending(80, target.url());
        lab.outbox.awaitPending(target.url(), 1);

        assertThat(target.receivedIds()).containsAll(others);
        assertThat(lab.outbox.pendingIds(target.url())).containsExactly(never[0]);
    }

    @Test
    void bringsAllToATargetThatHangsUpAfterEveryFewEvents() throws Exception {
        Map<Peer, AtomicInteger> taken = new ConcurrentHashMap<>();
        ScriptedTarget target = lab.target((peer, event) -> {
            peer.ok(event, true, "");
            if (taken.computeIfAbsent(peer, any -> new AtomicInteger()).incrementAndGet() == 7) {
                peer.drop();
            }
        });
        List<String> ids = lab.pending(60, target.url());

        lab.publish(target.url());
        lab.outbox.awaitEmpty(target.url());

        assertThat(new HashSet<>(target.receivedIds())).isEqualTo(Set.copyOf(ids));
        assertThat(lab.outbox.words(target.url())).extracting(LastWord::answer).containsOnly("accepted");
    }

    @Test
    void givesUpWaitingForATargetThatReadsNothing() throws Exception {
        ScriptedTarget target = lab.target(new Script() {
            @Override
            public void connected(Peer peer) {
                peer.socket().pause();
            }

            @Override
            public void event(Peer peer, NostrEvent event) {}
        });
        lab.pending(50, "x".repeat(50_000), target.url());

        EventPublisher publisher = lab.publishImpatiently(target.url());

        target.nextConnection();
        target.nextConnection();
        lab.awaitError(publisher, "it does not answer");
    }

    static Stream<Arguments> floods() {
        String text = "x".repeat(50_000);
        NostrEvent event = new NostrEvent("00".repeat(32), "11".repeat(32), 1, 1, List.of(), text, "22".repeat(64));
        return Stream.of(
                flood("notices", peer -> peer.say(new RelayMessage.Notice(text))),
                flood("events", peer -> peer.say(new RelayMessage.Event("x", event))),
                flood("challenges", peer -> peer.say(new RelayMessage.Auth(text))),
                flood("answers", peer -> peer.say(new RelayMessage.Ok("00".repeat(32), true, text))),
                flood("small challenges", peer -> many(200, () -> peer.say(new RelayMessage.Auth("x".repeat(90))))),
                flood(
                        "pings",
                        peer -> many(
                                400,
                                () -> peer.socket()
                                        .writePing(Buffer.buffer("y".repeat(120)))
                                        .onFailure(gone -> {}))));
    }

    private static Arguments flood(String name, Consumer<Peer> some) {
        return Arguments.of(name, some);
    }

    private static void many(int times, Runnable once) {
        for (int i = 0; i < times; i++) {
            once.run();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("floods")
    void hangsUpOnWhoTalksWithoutEnd(String name, Consumer<Peer> some) throws Exception {
        ScriptedTarget target = lab.target(new Script() {
            @Override
            public void connected(Peer peer) {
                lab.vertx.setPeriodic(5, timer -> some.accept(peer));
            }

            @Override
            public void event(Peer peer, NostrEvent event) {}
        });
        lab.pending(1, target.url());

        EventPublisher publisher = lab.publish(target.url());

        lab.awaitError(publisher, "it talks without end, and answers nothing");
        assertThat(target.authentications().size()).as("answers to challenges").isLessThanOrEqualTo(20 * 3);
    }

    @Test
    void hearsALotFromATargetThatAnswersToo() throws Exception {
        ScriptedTarget target = lab.target((peer, event) -> {
            peer.say(new RelayMessage.Notice("n".repeat(3_000)));
            peer.ok(event, true, "");
        });
        lab.pending(1_000, target.url());

        lab.publish(target.url());
        lab.outbox.awaitEmpty(target.url());

        target.nextConnection();
        assertThat(target.unseenConnections()).as("further connections").isZero();
    }
}
