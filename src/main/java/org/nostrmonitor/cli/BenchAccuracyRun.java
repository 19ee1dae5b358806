package org.nostrmonitor.cli;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.nostr.EventSigner;
import org.nostrmonitor.nostr.KeyRing;
import org.nostrmonitor.nostr.SecretKey;
import org.nostrmonitor.probe.ProbeSettings;
import org.nostrmonitor.probe.RelayProber;
import org.nostrmonitor.queue.AddressLimits;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.CheckType;
import org.nostrmonitor.relay.Priority;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.simulator.TimedNetwork;
import org.nostrmonitor.simulator.TimedRelay;

/**
 * Probes simulated relays whose latencies are known, at rising load. The relays have a Vert.x of their own, the probers are as
 * many as a monitor has: one on each of its event loops. Blocks.
 *
 * @param relays how many there are, and so the most in flight
 * @param time of each measurement
 * @param given probes a second to take for the maximum; 0 to find it
 */
record BenchAccuracyRun(int relays, Duration time, double given) {
    private static final List<Integer> SHARES = List.of(20, 40, 60, 80, 100);
    private static final Set<CheckType> CHECKS = EnumSet.of(CheckType.OPEN, CheckType.READ, CheckType.WRITE);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(10);
    private static final int WARM_UP_CONCURRENCY = 100;
    private static final int FIRST_CONCURRENCY = 50;
    private static final double NO_MORE = 1.05;
    private static final long SEED = 66;

    BenchAccuracyResult measure(boolean secure) throws IOException {
        Vertx simulation = Vertx.vertx(
                new VertxOptions().setEventLoopPoolSize(Runtime.getRuntime().availableProcessors()));
        Vertx vertx = Vertx.vertx();
        try {
            TimedNetwork network =
                    Await.of(TimedNetwork.start(simulation, relays, SEED, secure), START_LIMIT, "the simulator");
            return measure(secure, network.relays(), probers(vertx, settings(network)));
        } finally {
            Await.of(vertx.close().eventually(simulation::close), START_LIMIT, "Vert.x");
        }
    }

    private static ProbeSettings settings(TimedNetwork network) throws IOException {
        Path authority = Files.createTempFile("nostr-monitor-bench", ".pem");
        try {
            Files.writeString(authority, network.authorityPem());
            return ProbeSettings.of(
                    new MonitorConfig.Network(List.of("127.0.0.0/8"), List.of(), List.of(authority), Map.of()),
                    MonitorConfig.DEFAULT.geo());
        } finally {
            Files.delete(authority);
        }
    }

    private static Function<TimedRelay, Future<CheckReport>> probers(Vertx vertx, ProbeSettings settings) {
        EventSigner signer = EventSigner.of(SecretKey.random());
        List<RelayProber> probers = new ArrayList<>();
        for (int loop = 0; loop < VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE; loop++) {
            probers.add(
                    new RelayProber(vertx, settings, KeyRing.of(signer), AddressLimits.NONE, InstantSource.system()));
        }
        AtomicInteger turn = new AtomicInteger();
        return relay -> probers.get(Math.floorMod(turn.getAndIncrement(), probers.size()))
                .probe(job(relay.url(), signer.publicKey()))
                .map(answer -> Objects.requireNonNull(answer.report()));
    }

    private static CheckJob job(RelayUrl relay, String publicKey) {
        Map<CheckType, Duration> timeouts = CHECKS.stream().collect(Collectors.toMap(check -> check, check -> TIMEOUT));
        return new CheckJob(
                relay, "bench", Instant.EPOCH, CHECKS, timeouts, publicKey, List.of(), Priority.ON_DEMAND, 1);
    }

    private BenchAccuracyResult measure(
            boolean secure, List<TimedRelay> network, Function<TimedRelay, Future<CheckReport>> prober) {
        BenchAccuracyLoad load = new BenchAccuracyLoad(secure, network, prober);
        Duration warmUp = time.compareTo(LONGEST_WARM_UP) < 0 ? time : LONGEST_WARM_UP;
        load.concurrent(Math.min(WARM_UP_CONCURRENCY, relays), warmUp);
        double most = given > 0 ? given : most(load);
        List<BenchAccuracyLevel> levels = new ArrayList<>();
        for (int share : SHARES) {
            levels.add(load.paced(share, most * share / 100, time));
        }
        return new BenchAccuracyResult(secure, warmUp, most, levels);
    }

    /** Saturation: twice in a row, twice as many at a time did not bring more. */
    private double most(BenchAccuracyLoad load) {
        double most = 1;
        int inVain = 0;
        for (int concurrency = Math.min(FIRST_CONCURRENCY, relays);
                concurrency <= relays && inVain < 2;
                concurrency *= 2) {
            double now = load.concurrent(concurrency, time);
            inVain = now < most * NO_MORE ? inVain + 1 : 0;
            most = Math.max(most, now);
        }
        return most;
    }
}
