package org.nostrmonitor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.internal.PlatformDependent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.nostrmonitor.bus.Messages.ProbeAnswer;
import org.nostrmonitor.nostr.PlainText;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.CheckType;
import org.nostrmonitor.testing.Await;

/**
 * Sets a hostile peer upon the real prober over real sockets, and holds the prober to what has to be true whatever a peer does:
 * the verdict comes and the connection is closed in time, nothing stays behind on the event loops, memory stays flat, what is
 * reported can be stored, and a healthy relay that is probed meanwhile has the verdict and the time that it has alone.
 */
final class Assault implements AutoCloseable {
    /**
     * From the fault, or from the end of the time that a check has; what the machine takes for a healthy relay comes on top. Less
     * than the time of a goodbye, so that a connection that is not cut off is told from one that is.
     */
    private static final Duration AT_ONCE = Duration.ofMillis(700);

    /** How long a relay may take to close a connection that is no longer needed. */
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    /** A blocked event loop adds more to a median; on a machine that is busy so much that this is not enough, all times are long. */
    private static final Duration NOISE = Duration.ofSeconds(1);

    private static final int BUSY = 4;

    private static final int HEALTHY_ONES = 5;
    private static final int PEERS = 4;
    private static final long MEMORY_OF_A_PEER = 5 << 20;

    /** The event loops of the peers: those of the prober have only its own sockets and timers. */
    final Vertx world = Vertx.vertx();

    final ProbeLab lab;
    private final CheckJob healthy;
    private final LoopState idle;

    Assault() {
        this(new ProbeLab());
    }

    Assault(ProbeLab lab) {
        this.lab = lab;
        patient();
        ScriptedRelay relay = new ScriptedRelay(world).start();
        this.healthy = lab.job(relay.ws(), CheckType.READ);
        healthyOnes().forEach(Visit::await);
        relay.sockets.forEach(CompletableFuture::join);
        this.idle = LoopState.of(lab.vertx);
    }

    /** Its half is longer than {@link Await} waits, so that a timer that is left behind is not taken for one that was never set. */
    private void patient() {
        Arrays.stream(CheckType.values()).forEach(check -> lab.waiting(check, 60_000));
    }

    /** One probe from the outside. */
    private record Visit(Future<ProbeAnswer> probe, long beganNanos, CompletableFuture<Long> ended) {
        CheckReport await() {
            return ProbeLab.report(probe);
        }

        Duration took() {
            return Duration.ofNanos(ended.join() - beganNanos);
        }
    }

    private Visit visit(CheckJob job) {
        CompletableFuture<Long> ended = new CompletableFuture<>();
        long began = System.nanoTime();
        Future<ProbeAnswer> probe = lab.prober().probe(job).onComplete(done -> ended.complete(System.nanoTime()));
        return new Visit(probe, began, ended);
    }

    private List<Visit> healthyOnes() {
        return Stream.generate(() -> visit(healthy)).limit(HEALTHY_ONES).toList();
    }

    private static Duration medianOf(List<Visit> visits) {
        visits.forEach(Visit::await);
        return visits.stream().map(Visit::took).sorted().toList().get(HEALTHY_ONES / 2);
    }

    private static Duration longest(List<Visit> visits) {
        return visits.stream().map(Visit::took).max(Duration::compareTo).orElseThrow();
    }

    /** A peer whose fault is seen as it happens: the verdict does not wait for the end of any check's time. */
    CheckReport atOnce(RawServer peer, String url, CheckType... checks) {
        patient();
        return withstood(peer, lab.job(url, checks), Duration.ZERO);
    }

    /** A peer that keeps this check waiting, to the end of the time that it has. */
    CheckReport atTheBudget(CheckType check, RawServer peer, String url, CheckType... checks) {
        Duration budget = Duration.ofMillis(250);
        patient();
        lab.waiting(check, budget.toMillis());
        return withstood(peer, lab.job(url, checks), budget);
    }

    private CheckReport withstood(RawServer peer, CheckJob job, Duration budget) {
        Duration alone = medianOf(healthyOnes());
        Visit hostile = visit(job);
        List<Visit> meanwhile = healthyOnes();
        CheckReport report = hostile.await();

        assertUnhurt(meanwhile, alone);
        assertInTime(
                peer, hostile, budget, report.loopLag().plus(longest(meanwhile).multipliedBy(2)));
        assertStorable(report);
        assertNothingStays();
        assertFlatMemory(job);
        assertNothingStays();
        return report;
    }

    private static void assertInTime(RawServer peer, Visit hostile, Duration budget, Duration machine) {
        Duration most = budget.plus(AT_ONCE).plus(machine);
        assertThat(hostile.took()).as("the verdict").isBetween(budget, most);
        List<CompletableFuture<Long>> connections = List.copyOf(peer.connections);
        CompletableFuture<Long> attacked = connections.get(connections.size() - 1);
        for (CompletableFuture<Long> connection : connections) {
            boolean isCutOff = connection == attacked && budget.isZero();
            assertThat(Duration.ofNanos(closedAt(connection) - hostile.beganNanos()))
                    .as("the end of a connection")
                    .isLessThan(isCutOff ? most : most.plus(GOODBYE));
        }
        peer.connections.clear();
    }

    private static long closedAt(CompletableFuture<Long> connection) {
        try {
            return connection.get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("a connection was not closed", e);
        }
    }

    private static void assertUnhurt(List<Visit> meanwhile, Duration alone) {
        for (Visit visit : meanwhile) {
            CheckReport report = visit.await();
            assertThat(List.of(report.open(), report.read())).allMatch(outcome -> outcome.passed());
        }
        assertThat(medianOf(meanwhile))
                .as("the time of a healthy relay")
                .isLessThan(alone.multipliedBy(BUSY).plus(NOISE));
    }

    private static void assertStorable(CheckReport report) {
        Stream.of(report.open(), report.read(), report.write(), report.nip11())
                .forEach(outcome -> assertThat(outcome.evidence()).matches(PlainText::isStorable));
        assertThat(Objects.requireNonNullElse(report.document(), "")).matches(PlainText::isStorable);
    }

    private void assertNothingStays() {
        Await.until(() -> Future.succeededFuture(LoopState.of(lab.vertx)), idle::hasNoLessThan);
    }

    /**
     * What is alive after full collections, while several such peers are at work and when they are done, buffers outside the heap
     * and those of the peers themselves included, against what was alive before.
     */
    private void assertFlatMemory(CheckJob job) {
        long before = liveBytes();
        List<Visit> hostile = Stream.generate(() -> visit(job)).limit(PEERS).toList();
        long during = liveBytes();
        hostile.forEach(Visit::await);
        assertThat(List.of(during, liveBytes()))
                .as("bytes alive")
                .allMatch(bytes -> bytes < before + PEERS * MEMORY_OF_A_PEER);
    }

    private static long liveBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory() + Math.max(0, PlatformDependent.usedDirectMemory());
    }

    @Override
    public void close() {
        lab.close();
        ProbeLab.await(world.close());
    }
}
