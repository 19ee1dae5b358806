package org.nostrmonitor.publish;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.TrustOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.nostrmonitor.bus.Bus;
import org.nostrmonitor.cache.TargetState;
import org.nostrmonitor.link.Dialler;
import org.nostrmonitor.nostr.EventSigner;
import org.nostrmonitor.nostr.EventTemplate;
import org.nostrmonitor.nostr.KeyRing;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.nostr.SecretKey;
import org.nostrmonitor.publish.ScriptedTarget.Script;
import org.nostrmonitor.relay.RelayUrl;

/** A publisher over events in memory, and targets that behave by script; all of it is gone after each test. */
final class PublisherLab implements AfterEachCallback {
    /** With whoever is slow because the machine is. */
    static final Pace PATIENT = pace(Duration.ofSeconds(15), Duration.ofSeconds(15));
    /** For targets that never answer, so that tests are short. */
    static final Pace IMPATIENT = pace(Duration.ofMillis(400), Duration.ofMillis(600));

    final Vertx vertx = Vertx.vertx();
    final FakeOutbox outbox = new FakeOutbox();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final EventSigner signer = EventSigner.of(SecretKey.random());
    private final List<EventPublisher> publishers = new ArrayList<>();
    private int made;

    static Pace pace(Duration answer, Duration connect) {
        return new Pace(
                50,
                answer,
                connect,
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                Duration.ofMillis(10),
                Duration.ofMillis(80),
                Duration.ofMillis(20),
                Duration.ofMillis(200),
                Duration.ofMillis(500));
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        for (EventPublisher publisher : publishers) {
            await(publisher.stop());
        }
        await(vertx.close());
    }

    ScriptedTarget target(Script script) throws Exception {
        return ScriptedTarget.start(vertx, script);
    }

    /** Starts one that is patient. */
    EventPublisher publish(RelayUrl... targets) {
        return publish(PATIENT, Map.of(), null, targets);
    }

    EventPublisher publishImpatiently(RelayUrl... targets) {
        return publish(IMPATIENT, Map.of(), null, targets);
    }

    EventPublisher publish(Pace pace, Map<String, String> proxies, @Nullable TrustOptions trust, RelayUrl... targets) {
        Surroundings around =
                new Surroundings(vertx, outbox, KeyRing.of(signer), InstantSource.system(), pace, new Random(7));
        EventPublisher publisher = new EventPublisher(
                around, List.of(targets), Bus.on(vertx), meters, new Dialler(vertx, proxies, trust, pace.link()));
        publishers.add(publisher);
        publisher.start();
        return publisher;
    }

    /** The ids of new events that are pending. */
    List<String> pending(int count, RelayUrl... targets) {
        return pending(count, "", targets);
    }

    List<String> pending(int count, String content, RelayUrl... targets) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<List<String>> tags = List.of(List.of("d", "wss://relay.example/"));
            NostrEvent event = signer.sign(new EventTemplate(made++, 30166, tags, content));
            outbox.add(event, List.of(targets));
            ids.add(event.id());
        }
        return ids;
    }

    /** How it stands with the first target, once it is so. */
    TargetState await(EventPublisher publisher, Predicate<TargetState> wanted) throws Exception {
        Promise<TargetState> found = Promise.promise();
        long timer = vertx.setPeriodic(5, now -> {
            TargetState state = publisher.states().get(0);
            if (wanted.test(state)) {
                found.tryComplete(state);
            }
        });
        try {
            return await(found.future());
        } catch (java.util.concurrent.TimeoutException e) {
            throw new AssertionError(publisher.states().toString(), e);
        } finally {
            vertx.cancelTimer(timer);
        }
    }

    TargetState awaitError(EventPublisher publisher, String text) throws Exception {
        return await(
                publisher,
                state -> state.lastError() != null && state.lastError().contains(text));
    }

    static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
