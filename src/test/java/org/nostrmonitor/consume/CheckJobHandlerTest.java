package org.nostrmonitor.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.consume.Workshop.CYCLE;
import static org.nostrmonitor.consume.Workshop.REGION;
import static org.nostrmonitor.consume.Workshop.RELAY;
import static org.nostrmonitor.consume.Workshop.TARGET;
import static org.nostrmonitor.testing.Await.await;

import io.vertx.core.Future;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.bus.Messages;
import org.nostrmonitor.bus.Messages.CheckCompleted;
import org.nostrmonitor.consume.Workshop.Story;
import org.nostrmonitor.nip66.RelayDiscovery;
import org.nostrmonitor.nostr.EventSigner;
import org.nostrmonitor.nostr.KeyRing;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.nostr.SecretKey;
import org.nostrmonitor.nostr.Signatures;
import org.nostrmonitor.queue.DeadLetters;
import org.nostrmonitor.queue.DeadLetters.DeadLetter;
import org.nostrmonitor.queue.JobQueue;
import org.nostrmonitor.queue.JobQueue.Claim;
import org.nostrmonitor.queue.Lease;
import org.nostrmonitor.queue.Pace;
import org.nostrmonitor.queue.QueueView;
import org.nostrmonitor.queue.QueueView.JobStatus;
import org.nostrmonitor.queue.QueueView.QueueCounts;
import org.nostrmonitor.queue.QueueView.Where;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.PgRelayViews;
import org.nostrmonitor.storage.RelayViews.Result;
import org.nostrmonitor.storage.ReportStore;
import org.nostrmonitor.testing.RealBackends;

class CheckJobHandlerTest {
    @RegisterExtension
    @Order(1)
    static final RealBackends BACKENDS = new RealBackends();

    @RegisterExtension
    @Order(2)
    final Workshop workshop = new Workshop(BACKENDS);

    private static final QueueCounts NOTHING_LEFT = new QueueCounts(0, 0, 0, 0, 0, 0, Duration.ZERO);

    private final JobQueue queue = workshop.queue;
    private final QueueView view = BACKENDS.queueView();
    private final DeadLetters letters = BACKENDS.deadLetters();
    private final Story handler = workshop.story(BACKENDS.reports());

    @Test
    void acknowledgesWhatIsStored() {
        workshop.proberFinds(Found::online);

        await(handler.handle(workshop.claimed(workshop.job())));

        assertThat(results()).extracting(Result::state).containsExactly(RelayState.ONLINE);
        assertThat(results()).extracting(Result::cycle).containsExactly(CYCLE);
        assertThat(status().where()).isEqualTo(Where.DONE);
        assertThat(await(view.counts(REGION))).isEqualTo(NOTHING_LEFT);
    }

    @Test
    void makesASignedEventOfAnOnlineRelayPendingForTheTargets() {
        workshop.proberFinds(Found::online);

        await(handler.handle(workshop.claimed(workshop.job())));

        List<NostrEvent> pending = await(BACKENDS.outbox().pending(TARGET, 10, List.of()));
        assertThat(pending).hasSize(1).allMatch(Signatures::verify);
        assertThat(pending.get(0).kind()).isEqualTo(RelayDiscovery.KIND);
        assertThat(pending.get(0).pubkey()).isEqualTo(workshop.signer.publicKey());
        assertThat(pending.get(0).tag("d")).contains(RELAY.value());
    }

    @Test
    void signsWithTheKeyThatTheJobNames() {
        workshop.proberFinds(Found::online);
        EventSigner ofTheRegion = EventSigner.of(SecretKey.random());
        KeyRing both = KeyRing.of(
                workshop.signer,
                Map.of(workshop.signer.publicKey(), workshop.signer, ofTheRegion.publicKey(), ofTheRegion));
        Lease lease = workshop.claimed(Workshop.job(RELAY, ofTheRegion.publicKey()));

        await(workshop.story(BACKENDS.reports(), both).handle(lease));

        assertThat(await(BACKENDS.outbox().discoveries(RELAY)))
                .extracting(NostrEvent::pubkey)
                .containsExactly(ofTheRegion.publicKey());
    }

    @Test
    void saysNothingAboutARelayThatDidNotAnswer() {
        workshop.proberFinds(Found::offline);

        await(handler.handle(workshop.claimed(workshop.job())));

        assertThat(results()).extracting(Result::state).containsExactly(RelayState.OFFLINE);
        assertThat(status().where()).isEqualTo(Where.DONE);
        assertThat(await(BACKENDS.outbox().discoveries(RELAY))).isEmpty();
    }

    @Test
    void signsNothingForAJobWithoutAKey() {
        workshop.proberFinds(Found::online);

        await(handler.handle(workshop.claimed(Workshop.job(RELAY, null))));

        assertThat(results()).hasSize(1);
        assertThat(await(BACKENDS.outbox().discoveries(RELAY))).isEmpty();
    }

    @Test
    void signsAndStoresWhateverARelaySaysOfItself() {
        workshop.proberFinds(Found::hostile);

        await(handler.handle(workshop.claimed(workshop.job())));

        assertThat(results()).extracting(Result::state).containsExactly(RelayState.ONLINE);
        assertThat(await(BACKENDS.outbox().discoveries(RELAY))).hasSize(1).allMatch(Signatures::verify);
    }

    @Test
    void tellsTheHouseWhatWasStored() throws Exception {
        LinkedBlockingQueue<CheckCompleted> heard = new LinkedBlockingQueue<>();
        MessageConsumer<CheckCompleted> ear = BACKENDS.bus().subscribe(Messages.CHECK_COMPLETED, heard::add);
        await(ear.completion());
        workshop.proberFinds(Found::online);

        await(handler.handle(workshop.claimed(workshop.job())));

        assertThat(heard.poll(10, TimeUnit.SECONDS))
                .isEqualTo(new CheckCompleted(RELAY.value(), REGION, CYCLE, "online", true));
        assertThat(await(workshop.recent.newest(10))).hasSize(1);
        assertThat(workshop.registry
                        .counter("monitor.checks", "region", REGION, "state", "online")
                        .count())
                .isEqualTo(1);
        await(ear.unregister());
    }

    @Test
    void triesAgainWhenTheProberFailsAndBuriesTheJobAfterTheThirdAttempt() {
        workshop.proberAnswers(job -> Future.failedFuture("no file descriptors left"));

        await(handler.handle(workshop.claimed(workshop.job())));
        assertThat(status().attempt()).isEqualTo(2);
        assertThat(status().why()).contains("no file descriptors left");
        Lease second = workshop.claim("worker");
        assertThat(second.job().attempt()).isEqualTo(2);
        await(handler.handle(second));
        await(handler.handle(workshop.claim("worker")));

        List<DeadLetter> dead = await(letters.newest(REGION, 10));
        assertThat(dead).hasSize(1);
        assertThat(dead.get(0).why()).contains("no file descriptors left");
        assertThat(await(view.counts(REGION))).isEqualTo(new QueueCounts(0, 0, 0, 0, 0, 1, Duration.ZERO));
        assertThat(results()).isEmpty();
        assertThat(workshop.probes).hasValue(3);
    }

    @Test
    void triesAgainWhenTheResultItselfCannotBeStored() {
        workshop.proberFinds(Found::online);
        Lease lease = workshop.claimed(workshop.job());
        ReportStore picky = finding -> Future.failedFuture(new IllegalStateException("not this one"));

        await(workshop.story(picky).handle(lease));

        assertThat(status().where()).isIn(Where.RETRYING, Where.DELAYED);
        assertThat(status().attempt()).isEqualTo(2);
        assertThat(status().why()).contains("not this one");
        await(handler.handle(workshop.claim("worker")));
        assertThat(results()).hasSize(1);
    }

    @Test
    void waitsForItsTurnAtNoAttemptAndStoresNothing() {
        workshop.proberHasItsTurnLater("192.0.2.1", Duration.ofSeconds(20));

        await(handler.handle(workshop.claimed(workshop.job())));

        assertThat(status().where()).isEqualTo(Where.DELAYED);
        assertThat(status().attempt()).isEqualTo(1);
        assertThat(status().why()).contains("192.0.2.1");
        assertThat(results()).isEmpty();
    }

    @Test
    void looksTwiceAgainBeforeItBelievesThatARelayWentDown() {
        workshop.proberFinds(Found::offline);

        await(handler.handle(lookedAt(0)));
        assertThat(status().where()).isEqualTo(Where.DELAYED);
        assertThat(status().attempt()).isEqualTo(1);
        assertThat(status().why()).contains("tcp_refused").contains("1 of 2");
        assertThat(Duration.between(status().since(), status().until()))
                .isBetween(Duration.ofMillis(29_900), Duration.ofMillis(33_100));
        assertThat(results()).isEmpty();
        assertThat(workshop.count("monitor.confirmations")).isEqualTo(1);
    }

    @Test
    void looksASecondTime() {
        workshop.proberFinds(Found::offline);

        await(handler.handle(lookedAt(1)));

        assertThat(status().why()).contains("2 of 2");
        assertThat(results()).isEmpty();
    }

    @Test
    void storesTheThirdFailure() {
        workshop.proberFinds(Found::offline);

        await(handler.handle(lookedAt(2)));

        assertThat(results()).extracting(Result::state).containsExactly(RelayState.OFFLINE);
        assertThat(status().where()).isEqualTo(Where.DONE);
        assertThat(workshop.count("monitor.outages", "verdict", "confirmed")).isEqualTo(1);
        assertThat(workshop.count("monitor.confirmations")).isZero();
    }

    @Test
    void storesThatTheRelayIsUpWhenALaterLookFindsIt() {
        workshop.proberFinds(Found::online);

        await(handler.handle(lookedAt(1)));

        assertThat(results()).extracting(Result::state).containsExactly(RelayState.ONLINE);
        assertThat(workshop.count("monitor.outages", "verdict", "refuted")).isEqualTo(1);
    }

    @Test
    void handsBackAsTheSameLookWhatFailsWhileNobodyIsReached() {
        workshop.proberFinds(Found::offline);
        Story story = workshop.story(DoubtSettings.DEFAULT);

        await(story.handle(lookedAt(2)));

        assertThat(results()).isEmpty();
        assertThat(status().where()).isEqualTo(Where.DELAYED);
        assertThat(status().attempt()).isEqualTo(1);
        assertThat(status().why()).contains("our own network is in doubt");
        assertThat(Duration.between(status().since(), status().until()))
                .isBetween(Duration.ofMillis(1_900), Duration.ofMillis(3_100));
    }

    @Test
    void doubtsASilenceBeforeItConfirmsIt() {
        workshop.proberFinds(job -> Found.silent(job, Duration.ofMillis(1001)));

        await(handler.handle(lookedAt(0)));

        assertThat(status().attempt()).isEqualTo(2);
        assertThat(workshop.count("monitor.confirmations")).isZero();
    }

    /** The job of a relay that was up, after so many failures. */
    private Lease lookedAt(int times) {
        Lease lease = workshop.claimed(workshop.job().withWasUp(true));
        return new Lease(lease.job().after(1, times, null), lease.owner(), lease.fence());
    }

    @Test
    void handsBackAJobWhoseKeyItDoesNotHoldAsTheSameAttemptWithoutProbing() {
        workshop.proberFinds(Found::online);
        KeyRing others = KeyRing.of(EventSigner.of(SecretKey.random()));

        await(workshop.story(BACKENDS.reports(), others).handle(workshop.claimed(workshop.job())));

        assertThat(status().where()).isEqualTo(Where.DELAYED);
        assertThat(status().attempt()).isEqualTo(1);
        assertThat(workshop.probes).hasValue(0);
        assertThat(results()).isEmpty();
    }

    @Test
    void storesNoSilenceThatItMayHaveBeenTooBusyToHear() {
        workshop.proberFinds(job -> Found.silent(job, Duration.ofMillis(1001)));

        await(handler.handle(workshop.claimed(workshop.job())));

        assertThat(results()).isEmpty();
        assertThat(status().attempt()).isEqualTo(2);
        assertThat(status().why()).contains("1001 ms late");
    }

    @Test
    void storesASilenceThatItListenedTo() {
        workshop.proberFinds(job -> Found.silent(job, Duration.ofSeconds(1)));

        await(handler.handle(workshop.claimed(workshop.job())));

        assertThat(results()).extracting(Result::state).containsExactly(RelayState.OFFLINE);
        assertThat(status().where()).isEqualTo(Where.DONE);
    }

    @Test
    void doesNoHarmWhenAnotherWorkerHasTakenTheJobOver() {
        workshop.proberFinds(Found::online);
        await(queue.plan(List.of(workshop.job())));
        Lease stale = await(queue.claim(new Claim(REGION, "stalled", 1, 0, Duration.ofMillis(1), Pace.UNLIMITED)))
                .get(0);
        Lease taken = workshop.takenOver(stale.job(), "successor");

        await(handler.handle(stale));

        assertThat(status().where()).isEqualTo(Where.RUNNING);
        assertThat(status().owner()).isEqualTo("successor");

        workshop.proberFinds(Found::offline);
        await(handler.handle(taken));

        assertThat(status().where()).isEqualTo(Where.DONE);
        assertThat(results()).extracting(Result::state).containsExactly(RelayState.ONLINE);
        assertThat(await(BACKENDS.outbox().discoveries(RELAY))).hasSize(1);
    }

    @Test
    void cannotFailTheJobOfItsSuccessor() {
        workshop.proberAnswers(job -> Future.failedFuture("a fault"));
        await(queue.plan(List.of(workshop.job())));
        Lease stale = await(queue.claim(new Claim(REGION, "stalled", 1, 0, Duration.ofMillis(1), Pace.UNLIMITED)))
                .get(0);
        Lease taken = workshop.takenOver(stale.job(), "successor");

        await(handler.handle(stale));

        assertThat(status().where()).isEqualTo(Where.RUNNING);
        assertThat(status().attempt()).isEqualTo(taken.job().attempt());
    }

    @Test
    void isDoneWithAJobWhoseRelayWasForgottenMeanwhile() {
        workshop.proberFinds(Found::online);
        RelayUrl forgotten = RelayUrl.of("wss://forgotten.example/");

        await(handler.handle(workshop.claimed(workshop.job(forgotten))));

        assertThat(await(view.counts(REGION))).isEqualTo(NOTHING_LEFT);
    }

    private List<Result> results() {
        return await(new PgRelayViews(BACKENDS.database(), InstantSource.system()).results(RELAY, REGION, null, 100));
    }

    private JobStatus status() {
        return await(view.status(REGION, CYCLE, RELAY)).orElseThrow();
    }
}
