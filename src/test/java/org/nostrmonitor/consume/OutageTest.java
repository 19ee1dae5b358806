package org.nostrmonitor.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.consume.Workshop.REGION;
import static org.nostrmonitor.testing.Await.await;
import static org.nostrmonitor.testing.Await.until;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.cache.Workers.Worker;
import org.nostrmonitor.queue.QueueView.QueueCounts;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.testing.RealBackends;

/** PostgreSQL and Redis go and come back, at the worst moments; the worker is never restarted. */
@Timeout(120)
class OutageTest {
    @RegisterExtension
    @Order(1)
    static final RealBackends BACKENDS = new RealBackends();

    @RegisterExtension
    @Order(2)
    final Workshop workshop = new Workshop(BACKENDS);

    private static final QueueCounts NOTHING_LEFT = new QueueCounts(0, 0, 0, 0, 0, 0, Duration.ZERO);

    private final Vertx vertx = BACKENDS.vertx();
    private final WorkLoop loop = new WorkLoop(vertx);
    private final Queue<Promise<CheckReport>> atWork = new ConcurrentLinkedQueue<>();
    private final Queue<CheckJob> jobsAtWork = new ConcurrentLinkedQueue<>();
    private final List<Runnable> timers = new ArrayList<>();
    private JobConsumer consumer = consumer(Workshop.settings(100));

    private JobConsumer consumer(WorkerSettings settings) {
        return new JobConsumer(workshop.surroundings(BACKENDS.reports(), workshop.keys, workshop.queue), settings);
    }

    @AfterEach
    void allIsUpAgain() throws Exception {
        timers.forEach(Runnable::run);
        BACKENDS.redis().thaw();
        BACKENDS.postgres().thaw();
        BACKENDS.postgres().start();
        await(loop.compose(() -> consumer.stop(Duration.ofMillis(1), vertx)));
    }

    @Test
    void holdsWhatIsFoundWhilePostgresIsAwayAndStoresItOnceWhenItIsBack() {
        consumer = consumer(Workshop.settings(500));
        workshop.proberFinds(Found::online);
        plan(2500);
        BACKENDS.postgres().stop();

        work();

        untilWorker(worker -> worker.held() >= 1600);
        // A claim may be under way; after it there is none.
        until(() -> BACKENDS.queueView().counts(REGION).map(QueueCounts::leased).compose(this::isHeld), held -> held);
        Worker full = await(loop.get(() -> consumer.worker(Instant.EPOCH, 0)));
        assertThat(full.held()).isBetween(1600, 2000);
        assertThat(full.note())
                .startsWith("PostgreSQL does not take reports: ")
                .endsWith(" of 2,000 are held, so nothing more is claimed");
        QueueCounts counts = await(BACKENDS.queueView().counts(REGION));
        assertThat(counts.ready()).isEqualTo(2500 - full.held());
        assertThat(counts.leased()).isEqualTo(full.held());

        BACKENDS.postgres().start();

        until(() -> BACKENDS.queueView().counts(REGION), NOTHING_LEFT::equals);
        assertThat(stored()).isEqualTo(2500);
        assertThat(workshop.probes).hasValue(2500);
        assertThat(untilWorker(worker -> worker.held() == 0).note()).isEmpty();
        assertThat(workshop.count("monitor.job.faults")).isZero();
    }

    @Test
    void handsBackWhatItHasNoRoomToHold() {
        consumer = consumer(Workshop.settings(50, 10, 64_000_000));
        plan(20);
        proberTakesItsTime();
        work();
        untilAtWork(20);
        BACKENDS.postgres().stop();

        finishAll();

        Worker worker = untilWorker(now -> now.busy() == 0);
        assertThat(worker.held()).isEqualTo(10);
        until(() -> BACKENDS.queueView().counts(REGION), counts -> counts.leased() == 10);
        assertThat(await(BACKENDS.queueView().counts(REGION)).waiting()).isEqualTo(10);
        assertThat(workshop.count("monitor.job.not.held")).isEqualTo(10);
        assertThat(workshop.count("monitor.job.faults")).isZero();

        BACKENDS.postgres().start();
        until(() -> BACKENDS.queueView().counts(REGION), counts -> counts.leased() == 0);
        assertThat(stored()).isEqualTo(10);
    }

    @Test
    void storesWhatABrokenConnectionCutInTheMiddleOfATransaction() throws SQLException {
        plan(3);
        workshop.proberFinds(Found::online);
        try (Connection other = DriverManager.getConnection(BACKENDS.postgres().jdbcUrl());
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE relay_results IN ACCESS EXCLUSIVE MODE");
            work();
            until(() -> loop.get(() -> waitingForTheLock(statement)), waiting -> waiting > 0);
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE application_name = 'nostr-monitor' AND datname = current_database()");
            other.rollback();
        }

        until(() -> BACKENDS.queueView().counts(REGION), NOTHING_LEFT::equals);
        assertThat(stored()).isEqualTo(3);
        assertThat(workshop.probes).hasValue(3);
        assertThat(workshop.count("monitor.job.faults")).isZero();
    }

    @Test
    void storesWhatItFoundWhileRedisIsSilentAndAcknowledgesItLater() throws Exception {
        plan(50);
        proberTakesItsTime();
        work();
        untilAtWork(50);
        BACKENDS.redis().freeze();

        finishAll();

        until(() -> Future.succeededFuture(stored()), stored -> stored == 50);
        Worker worker = untilWorker(now -> now.note().equals(WorkerNote.NO_QUEUE));
        assertThat(worker.busy()).isZero();
        assertThat(worker.held()).isZero();
        assertThat(worker.unacked()).isEqualTo(50);

        BACKENDS.redis().thaw();
        until(() -> BACKENDS.queueView().counts(REGION), NOTHING_LEFT::equals);
        assertThat(untilWorker(now -> now.unacked() == 0).note()).isEmpty();
        assertThat(stored()).isEqualTo(50);
        assertThat(workshop.probes).hasValue(50);
    }

    @Test
    void goesOnWhenRedisIsBack() throws IOException {
        plan(60);
        proberTakesItsTime();
        consumer = consumer(Workshop.settings(30));
        work();
        untilAtWork(30);
        workshop.proberFinds(Found::online);
        BACKENDS.redis().server().stop();
        finishAll();
        until(() -> Future.succeededFuture(stored()), stored -> stored == 30);

        BACKENDS.redis().server().restart();

        until(() -> BACKENDS.queueView().counts(REGION), NOTHING_LEFT::equals);
        assertThat(stored()).isEqualTo(60);
    }

    @Test
    void survivesBothGoingOneAfterTheOther() throws IOException {
        plan(60);
        proberTakesItsTime();
        consumer = consumer(Workshop.settings(30));
        work();
        untilAtWork(30);
        workshop.proberFinds(Found::online);
        BACKENDS.postgres().stop();
        finishAll();
        untilWorker(worker -> worker.held() == 60);
        BACKENDS.redis().server().stop();

        BACKENDS.postgres().start();
        until(() -> Future.succeededFuture(stored()), stored -> stored == 60);
        untilWorker(worker -> worker.unacked() == 60);
        BACKENDS.redis().server().restart();

        until(() -> BACKENDS.queueView().counts(REGION), NOTHING_LEFT::equals);
        assertThat(stored()).isEqualTo(60);
    }

    @Test
    void storesWhatItWasAtWhenRedisLostItsDataAndTellsNobody() {
        plan(20);
        proberTakesItsTime();
        work();
        untilAtWork(20);
        BACKENDS.redis().command(Command.FLUSHALL);
        await(loop.compose(consumer::renew));

        finishAll();

        Worker worker = untilWorker(now -> now.busy() + now.held() + now.unacked() == 0);
        assertThat(worker.note()).isEmpty();
        assertThat(stored()).isEqualTo(20);
        assertThat(workshop.count("monitor.job.stale")).isEqualTo(20);
        assertThat(await(BACKENDS.queueView().counts(REGION))).isEqualTo(NOTHING_LEFT);
    }

    @Test
    void losesNothingThatIsHeldWhenItStops() {
        plan(15);
        workshop.proberFinds(Found::online);
        BACKENDS.postgres().stop();
        work();
        untilWorker(worker -> worker.held() == 15);

        await(loop.compose(() -> consumer.stop(Duration.ofMillis(50), vertx)));

        QueueCounts counts = await(BACKENDS.queueView().counts(REGION));
        assertThat(counts.leased()).isZero();
        assertThat(counts.waiting()).isEqualTo(15);

        // What was on its way when it stopped may be stored all the same; the next worker's result changes nothing
        // then.
        BACKENDS.postgres().start();
        consumer = consumer(Workshop.settings(100));
        work();
        until(() -> BACKENDS.queueView().counts(REGION), NOTHING_LEFT::equals);
        assertThat(stored()).isEqualTo(15);
    }

    @Test
    void stopsInTimeWhileRedisIsSilent() throws Exception {
        plan(5);
        proberTakesItsTime();
        work();
        untilAtWork(5);
        BACKENDS.redis().freeze();

        await(loop.compose(() -> consumer.stop(Duration.ofMillis(50), vertx)));
    }

    private void plan(int count) {
        List<CheckJob> jobs = new ArrayList<>();
        List<RelayUrl> relays = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RelayUrl relay = RelayUrl.of("wss://r" + i + ".example/");
            relays.add(relay);
            jobs.add(workshop.job(relay));
        }
        BACKENDS.know(relays.toArray(RelayUrl[]::new));
        await(workshop.queue.plan(jobs));
    }

    private void work() {
        JobConsumer worker = consumer;
        timers.add(loop.repeat(20, worker::claim));
    }

    private void proberTakesItsTime() {
        workshop.proberAnswers(job -> {
            Promise<CheckReport> answer = Promise.promise();
            jobsAtWork.add(job);
            atWork.add(answer);
            return answer.future();
        });
    }

    /** They have come to the prober: a slot is taken a little earlier. */
    private void untilAtWork(int count) {
        until(() -> Future.succeededFuture(atWork.size()), asked -> asked == count);
    }

    private void finishAll() {
        for (Promise<CheckReport> one = atWork.poll(); one != null; one = atWork.poll()) {
            one.complete(Found.online(jobsAtWork.remove()));
        }
    }

    private Future<Boolean> isHeld(int leased) {
        return loop.get(() -> consumer.worker(Instant.EPOCH, 0)).map(worker -> worker.held() == leased);
    }

    private Worker untilWorker(Predicate<Worker> willDo) {
        return until(() -> loop.get(() -> consumer.worker(Instant.EPOCH, 0)), willDo);
    }

    private static int waitingForTheLock(Statement statement) throws SQLException {
        return number(
                statement,
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                        + " AND application_name = 'nostr-monitor' AND datname = current_database()");
    }

    private static int stored() {
        try (Connection connection =
                        DriverManager.getConnection(BACKENDS.postgres().jdbcUrl());
                Statement statement = connection.createStatement()) {
            return number(statement, "SELECT count(*) FROM relay_results");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int number(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
