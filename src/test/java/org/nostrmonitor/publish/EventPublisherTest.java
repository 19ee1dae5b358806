package org.nostrmonitor.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.bus.Bus;
import org.nostrmonitor.bus.Messages;
import org.nostrmonitor.bus.Messages.CheckCompleted;
import org.nostrmonitor.bus.Messages.EventPublished;
import org.nostrmonitor.cache.RecentResults;
import org.nostrmonitor.cache.TargetState;
import org.nostrmonitor.cache.TargetStateJson;
import org.nostrmonitor.link.Dialler;
import org.nostrmonitor.nostr.EventSigner;
import org.nostrmonitor.nostr.EventTemplate;
import org.nostrmonitor.nostr.KeyRing;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.nostr.RelayMessage;
import org.nostrmonitor.nostr.SecretKey;
import org.nostrmonitor.nostr.Signatures;
import org.nostrmonitor.publish.ScriptedTarget.Peer;
import org.nostrmonitor.publish.ScriptedTarget.Script;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.testing.RememberedFigures;

class EventPublisherTest {
    private static final Pace QUICK = new Pace(
            50,
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Duration.ofMillis(10),
            Duration.ofMillis(80),
            Duration.ofMillis(20),
            Duration.ofMillis(300),
            Duration.ofSeconds(2));

    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = Bus.on(vertx);
    private final EventSigner signer = EventSigner.of(SecretKey.random());
    private final FakeOutbox outbox = new FakeOutbox();
    private final RememberedFigures figures = new RememberedFigures();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private int made;

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    @Test
    void bringsEveryEventToEveryTargetExactlyOnce() throws Exception {
        ScriptedTarget one = target(ScriptedTarget.ACCEPT);
        ScriptedTarget two = target(ScriptedTarget.ACCEPT);
        List<String> ids = pending(230, one.url(), two.url());

        publisher(one.url(), two.url()).start();
        outbox.awaitEmpty(one.url());
        outbox.awaitEmpty(two.url());

        assertThat(one.receivedIds()).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(two.receivedIds()).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(outbox.mostAsked()).isLessThanOrEqualTo(QUICK.window());
        assertThat(one.nextConnection()).isNotNull();
        assertThat(one.unseenConnections()).as("further connections").isZero();
    }

    @Test
    void tellsTheBusWhatWasAccepted() throws Exception {
        ScriptedTarget target = target(ScriptedTarget.ACCEPT);
        BlockingQueue<EventPublished> told = new LinkedBlockingQueue<>();
        await(bus.subscribe(Messages.EVENT_PUBLISHED, told::add).completion());
        List<String> ids = pending(1, target.url());

        publisher(target.url()).start();

        assertThat(told.poll(10, TimeUnit.SECONDS))
                .isEqualTo(new EventPublished(ids.get(0), target.url().value()));
    }

    @Test
    void bringsWhatIsStoredLaterAtOnceWhenHinted() throws Exception {
        ScriptedTarget target = target(ScriptedTarget.ACCEPT);
        Pace neverSweeping = sweeping(Duration.ofHours(1));
        EventPublisher publisher = publisher(neverSweeping, target.url());
        await(vertx.deployVerticle(new PublisherVerticle(publisher, bus, figures)));
        outbox.awaitReads(1);

        List<String> ids = pending(1, target.url());
        bus.publish(Messages.CHECK_COMPLETED, check(true));

        assertThat(target.nextArrival().id()).isEqualTo(ids.get(0));
        JsonObject told = Objects.requireNonNull(figures.figures.get(RecentResults.TARGETS));
        assertThat(TargetStateJson.read(told))
                .containsExactly(new TargetState(target.url(), false, 0, 0, 0, null, null, null, null));
    }

    @Test
    void bringsWhatNobodyHintedAtWithTheNextSweep() throws Exception {
        ScriptedTarget target = target(ScriptedTarget.ACCEPT);
        publisher(target.url()).start();
        outbox.awaitReads(1);

        List<String> ids = pending(1, target.url());

        assertThat(target.nextArrival().id()).isEqualTo(ids.get(0));
    }

    @Test
    void readsTheOutboxOnceForHintsThatComeTogether() throws Exception {
        ScriptedTarget target = target(ScriptedTarget.ACCEPT);
        EventPublisher publisher = publisher(sweeping(Duration.ofHours(1)), target.url());
        publisher.start();
        outbox.awaitReads(1);

        for (int i = 0; i < 500; i++) {
            publisher.checkCompleted(check(true));
        }
        pending(1, target.url());
        outbox.awaitEmpty(target.url());

        assertThat(outbox.reads()).isLessThan(10);
    }

    @Test
    void bringsTheRestToATargetThatDropsTheConnectionMidWay() throws Exception {
        AtomicInteger seen = new AtomicInteger();
        ScriptedTarget target = target((peer, event) -> {
            if (seen.incrementAndGet() == 20) {
                peer.drop();
            } else {
                peer.ok(event, true, "");
            }
        });
        List<String> ids = pending(40, target.url());

        EventPublisher publisher = publisher(target.url());
        publisher.start();
        outbox.awaitEmpty(target.url());

        assertThat(new HashSet<>(target.receivedIds())).isEqualTo(Set.copyOf(ids));
        assertThat(publisher.states().get(0).accepted()).isEqualTo(40);
    }

    @Test
    void takesADuplicateForAccepted() throws Exception {
        ScriptedTarget target = target(ScriptedTarget.refuse("duplicate: have it"));
        pending(3, target.url());

        EventPublisher publisher = publisher(target.url());
        publisher.start();
        outbox.awaitEmpty(target.url());

        assertThat(publisher.states().get(0).accepted()).isEqualTo(3);
        assertThat(publisher.states().get(0).refused()).isZero();
    }

    @Test
    void waitsForATargetThatRestartsOnTheSamePort() throws Exception {
        ScriptedTarget target = target(ScriptedTarget.ACCEPT);
        RelayUrl url = target.url();
        pending(5, url);
        publisher(url).start();
        outbox.awaitEmpty(url);
        target.goAway();

        List<String> late = pending(5, url);
        outbox.awaitReads(outbox.reads() + 3);
        target.comeBack(url.port());
        outbox.awaitEmpty(url);

        assertThat(target.receivedIds()).containsAll(late);
    }

    @Test
    void doesNotLetADeadOrASilentTargetDelayAnother() throws Exception {
        ScriptedTarget alive = target(ScriptedTarget.ACCEPT);
        ScriptedTarget silent = target(ScriptedTarget.SILENT);
        ScriptedTarget dead = target(ScriptedTarget.ACCEPT);
        RelayUrl deadUrl = dead.url();
        dead.goAway();
        List<String> ids = pending(100, deadUrl, silent.url(), alive.url());

        EventPublisher publisher = publisher(deadUrl, silent.url(), alive.url());
        publisher.start();
        outbox.awaitEmpty(alive.url());

        assertThat(alive.receivedIds()).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(outbox.pendingIds(deadUrl)).hasSize(100);
        assertThat(outbox.pendingIds(silent.url())).hasSize(100);
    }

    @Test
    void settlesRefusedEventsAndCountsThemByReason() throws Exception {
        ScriptedTarget target = target((peer, event) ->
                peer.ok(event, false, event.createdAt() % 2 == 0 ? "blocked: not you" : "Sorry, no idea: why"));
        pending(10, target.url());

        EventPublisher publisher = publisher(target.url());
        publisher.start();
        outbox.awaitEmpty(target.url());

        assertThat(refused(target, "blocked")).isEqualTo(5);
        assertThat(refused(target, "other")).isEqualTo(5);
        assertThat(publisher.states().get(0).refused()).isEqualTo(10);
        assertThat(target.receivedIds()).doesNotHaveDuplicates();
    }

    @Test
    void keepsARateLimitedEventAndBringsItLater() throws Exception {
        ScriptedTarget target = target(ScriptedTarget.refuse("rate-limited: slow down"));
        List<String> ids = pending(3, target.url());
        EventPublisher publisher = publisher(target.url());
        publisher.start();
        for (int i = 0; i < 6; i++) {
            target.nextArrival();
        }
        assertThat(outbox.pendingIds(target.url())).containsExactlyElementsOf(ids);
        assertThat(publisher.states().get(0).lastError()).contains("rate-limited: slow down");

        target.becomes(ScriptedTarget.ACCEPT);
        outbox.awaitEmpty(target.url());

        TargetState state = publisher.states().get(0);
        assertThat(state.accepted()).isEqualTo(3);
        assertThat(state.refused()).isZero();
        assertThat(state.lastError()).as("what is over").isNull();
    }

    @Test
    void keepsAnEventThatIsNotAnsweredAndConnectsAgain() throws Exception {
        ScriptedTarget target = target(ScriptedTarget.SILENT);
        List<String> ids = pending(1, target.url());
        publisher(target.url()).start();
        target.nextConnection();
        target.nextConnection();
        target.nextConnection();
        target.nextConnection();
        assertThat(outbox.pendingIds(target.url())).isEqualTo(ids);

        target.becomes(ScriptedTarget.ACCEPT);

        outbox.awaitEmpty(target.url());
    }

    @Test
    void staysWithASlowTargetThatKeepsAnswering() throws Exception {
        ScriptedTarget target = target(inTurn(Duration.ofMillis(100)));
        List<String> ids = pending(20, target.url());

        publisher(target.url()).start();
        outbox.awaitEmpty(target.url());

        assertThat(target.receivedIds()).containsExactlyElementsOf(ids);
    }

    @Test
    void givesUpAnEventThatATargetDropsTheConnectionOverAndBringsTheOthers() throws Exception {
        NostrEvent poison = event(1_000_000, "too much for it");
        List<RelayUrl> self = new CopyOnWriteArrayList<>();
        ScriptedTarget target = target((peer, event) -> {
            if (event.id().equals(poison.id())) {
                pending(1, self.get(0));
                peer.drop();
            } else {
                peer.ok(event, true, "");
            }
        });
        self.add(target.url());
        outbox.add(poison, self);
        List<String> others = pending(60, target.url());

        publisher(target.url()).start();
        outbox.awaitEmpty(target.url());

        assertThat(target.receivedIds()).containsAll(others);
        assertThat(refused(target, "none")).isEqualTo(1);
    }

    @Test
    void answersAChallengeAndSendsWhatWasRefusedOnceMore() throws Exception {
        ScriptedTarget target = target(new DemandsAuth("challenge-1", true));
        List<String> ids = pending(5, target.url());

        EventPublisher publisher = publisher(target.url());
        publisher.start();
        outbox.awaitEmpty(target.url());

        assertThat(publisher.states().get(0).accepted()).isEqualTo(5);
        assertThat(target.receivedIds()).containsAll(ids).hasSize(10);
        NostrEvent proof = target.authentications().get(0);
        assertThat(proof.kind()).isEqualTo(22242);
        assertThat(proof.pubkey()).isEqualTo(signer.publicKey());
        assertThat(proof.tag("relay")).contains(target.url().value());
        assertThat(proof.tag("challenge")).contains("challenge-1");
        assertThat(Signatures.verify(proof)).isTrue();
        assertThat(target.authentications()).hasSize(1);
    }

    @Test
    void settlesAsRefusedWhatATargetWantsAuthForThatItDoesNotGrant() throws Exception {
        ScriptedTarget target = target(new DemandsAuth("challenge-1", false));
        pending(5, target.url());

        publisher(target.url()).start();
        outbox.awaitEmpty(target.url());

        assertThat(refused(target, "restricted")).isEqualTo(5);
    }

    @Test
    void keepsWhatIsRefusedForAuthByATargetThatSendsNoChallenge() throws Exception {
        ScriptedTarget target = target(ScriptedTarget.refuse("auth-required: who are you"));
        List<String> ids = pending(2, target.url());
        publisher(target.url()).start();
        target.nextConnection();
        target.nextConnection();

        assertThat(outbox.pendingIds(target.url())).containsExactlyElementsOf(ids);
    }

    @Test
    void settlesLaterWhatTheOutboxCouldNotSettle() throws Exception {
        ScriptedTarget target = target((peer, event) -> {
            outbox.fail(3);
            peer.ok(event, true, "");
        });
        List<String> ids = pending(1, target.url());

        publisher(target.url()).start();
        outbox.awaitEmpty(target.url());

        assertThat(target.receivedIds()).isEqualTo(ids);
    }

    @Test
    void dropsAConnectionThatSaysNonsense() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        ScriptedTarget target = target(new Script() {
            @Override
            public void connected(Peer peer) {
                if (connections.incrementAndGet() == 1) {
                    peer.say("x".repeat(300_000));
                } else if (connections.get() == 2) {
                    peer.say("{\"not\":\"ours\"}");
                }
            }

            @Override
            public void event(Peer peer, NostrEvent event) {
                if (connections.get() > 2) {
                    peer.ok(event, true, "");
                }
            }
        });
        pending(3, target.url());

        publisher(target.url()).start();
        outbox.awaitEmpty(target.url());

        assertThat(connections.get()).isEqualTo(3);
    }

    @Test
    void doesNothingWithoutTargets() throws Exception {
        EventPublisher publisher = publisher();
        await(vertx.deployVerticle(new PublisherVerticle(publisher, bus, figures)));
        publisher.hint();

        assertThat(publisher.states()).isEmpty();
        assertThat(outbox.reads()).isZero();
        await(publisher.stop());
    }

    @Test
    void waitsForOutstandingAnswersWhenItStopsAndSendsNothingMore() throws Exception {
        BlockingQueue<Runnable> held = new LinkedBlockingQueue<>();
        ScriptedTarget target = target((peer, event) -> held.add(() -> peer.ok(event, true, "")));
        List<String> ids = pending(60, target.url());
        EventPublisher publisher = publisher(target.url());
        publisher.start();
        List<Runnable> answers = new ArrayList<>();
        for (int i = 0; i < QUICK.window(); i++) {
            answers.add(held.take());
        }

        Future<Void> stopped = publisher.stop();
        answers.forEach(Runnable::run);
        await(stopped);

        assertThat(outbox.pendingIds(target.url())).containsExactlyElementsOf(ids.subList(50, 60));
        assertThat(publisher.states().get(0).connected()).isFalse();
        assertThat(target.receivedIds()).hasSize(50);
    }

    @Test
    void stopsThoughATargetNeverAnswers() throws Exception {
        ScriptedTarget target = target(ScriptedTarget.SILENT);
        List<String> ids = pending(1, target.url());
        EventPublisher publisher = publisher(target.url());
        publisher.start();
        target.nextArrival();

        await(publisher.stop());

        assertThat(outbox.pendingIds(target.url())).isEqualTo(ids);
    }

    @Test
    void saysWhyATargetIsNotServedAndWhenItGoesOn() throws Exception {
        ScriptedTarget dead = target(ScriptedTarget.ACCEPT);
        RelayUrl url = dead.url();
        dead.goAway();
        pending(1, url);
        EventPublisher publisher = publisher(waiting(Duration.ofHours(1)), url);

        publisher.start();
        outbox.awaitReads(1);
        await(Future.future(promise -> vertx.setPeriodic(5, timer -> {
            if (publisher.states().get(0).nextAttempt() != null) {
                promise.tryComplete();
            }
        })));

        TargetState state = publisher.states().get(0);
        assertThat(state.target()).isEqualTo(url);
        assertThat(state.connected()).isFalse();
        assertThat(state.lastError()).contains("cannot be reached");
    }

    /** Sends a challenge with its first refusal, and then takes events from whom it lets in. */
    private static final class DemandsAuth implements Script {
        private final String challenge;
        private final boolean letsIn;
        private boolean asked;
        private boolean in;

        DemandsAuth(String challenge, boolean letsIn) {
            this.challenge = challenge;
            this.letsIn = letsIn;
        }

        @Override
        public void event(Peer peer, NostrEvent event) {
            if (in) {
                peer.ok(event, true, "");
                return;
            }
            peer.ok(event, false, "auth-required: who are you");
            if (!asked) {
                asked = true;
                peer.say(new RelayMessage.Auth(challenge));
            }
        }

        @Override
        public void auth(Peer peer, NostrEvent proof) {
            in = letsIn;
            peer.ok(proof, letsIn, letsIn ? "" : "restricted: members only");
        }
    }

    private Script inTurn(Duration each) {
        List<Runnable> queue = new ArrayList<>();
        vertx.setPeriodic(each.toMillis(), timer -> {
            synchronized (queue) {
                if (!queue.isEmpty()) {
                    queue.remove(0).run();
                }
            }
        });
        return (peer, event) -> {
            synchronized (queue) {
                queue.add(() -> peer.ok(event, true, ""));
            }
        };
    }

    @Test
    void goesToNoPlaceThatATargetRedirectsTo() throws Exception {
        AtomicInteger elsewhere = new AtomicInteger();
        int trap = await(vertx.createNetServer()
                        .connectHandler(guest -> elsewhere.incrementAndGet())
                        .listen(0, "127.0.0.1"))
                .actualPort();
        BlockingQueue<String> asked = new LinkedBlockingQueue<>();
        int port = await(vertx.createHttpServer()
                        .requestHandler(request -> {
                            asked.add(request.uri());
                            request.response()
                                    .setStatusCode(302)
                                    .putHeader("Location", "http://127.0.0.1:" + trap + "/")
                                    .end()
                                    .onFailure(gone -> {});
                        })
                        .listen(0, "127.0.0.1"))
                .actualPort();
        RelayUrl target = RelayUrl.of("ws://127.0.0.1:" + port);
        pending(1, target);

        publisher(target).start();

        for (int i = 0; i < 3; i++) {
            assertThat(asked.poll(10, TimeUnit.SECONDS)).as("another try").isEqualTo("/");
        }
        assertThat(elsewhere).hasValue(0);
        assertThat(outbox.pendingIds(target)).hasSize(1);
    }

    private ScriptedTarget target(Script script) throws Exception {
        return ScriptedTarget.start(vertx, script);
    }

    private EventPublisher publisher(RelayUrl... targets) {
        return publisher(QUICK, targets);
    }

    private EventPublisher publisher(Pace pace, RelayUrl... targets) {
        Surroundings around =
                new Surroundings(vertx, outbox, KeyRing.of(signer), InstantSource.system(), pace, new Random(7));
        return new EventPublisher(
                around, List.of(targets), bus, meters, new Dialler(vertx, Map.of(), null, pace.link()));
    }

    private static Pace sweeping(Duration every) {
        return new Pace(
                QUICK.window(),
                QUICK.answer(),
                QUICK.connect(),
                QUICK.storage(),
                QUICK.ping(),
                QUICK.leastWait(),
                QUICK.mostWait(),
                QUICK.hint(),
                every,
                QUICK.drain());
    }

    private static Pace waiting(Duration least) {
        return new Pace(
                QUICK.window(),
                QUICK.answer(),
                QUICK.connect(),
                QUICK.storage(),
                QUICK.ping(),
                least,
                least,
                QUICK.hint(),
                QUICK.sweep(),
                QUICK.drain());
    }

    private List<String> pending(int count, RelayUrl... targets) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            NostrEvent event = event(made++, "");
            outbox.add(event, List.of(targets));
            ids.add(event.id());
        }
        return ids;
    }

    private NostrEvent event(long createdAt, String content) {
        return signer.sign(new EventTemplate(createdAt, 30166, List.of(List.of("d", "wss://relay.example/")), content));
    }

    private static CheckCompleted check(boolean eventStored) {
        return new CheckCompleted(
                "wss://relay.example/", "local", InstantSource.system().instant(), "online", eventStored);
    }

    private double refused(ScriptedTarget target, String reason) {
        return meters.get("monitor.publish.refused")
                .tag("target", target.url().value())
                .tag("reason", reason)
                .counter()
                .count();
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(15, TimeUnit.SECONDS);
    }
}
