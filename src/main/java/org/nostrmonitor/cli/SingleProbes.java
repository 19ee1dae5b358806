package org.nostrmonitor.cli;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.config.StartFailure;
import org.nostrmonitor.keys.NodeKeys;
import org.nostrmonitor.nostr.EventSigner;
import org.nostrmonitor.nostr.KeyRing;
import org.nostrmonitor.probe.ProbeSettings;
import org.nostrmonitor.probe.RelayProber;
import org.nostrmonitor.queue.AddressLimits;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.CheckType;
import org.nostrmonitor.relay.Priority;
import org.nostrmonitor.relay.RelayUrl;

/** Probes outside of any cycle, by a prober of their own. A throwaway key signs unless the configuration names one. */
final class SingleProbes implements AutoCloseable {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    /** More at a time would measure this machine. */
    private static final int AT_A_TIME = 50;

    private static final int MORE = 2;

    private final Vertx vertx;
    private final RelayProber prober;
    private final String region;
    private final String publicKey;
    private final Map<CheckType, Duration> timeouts;

    private SingleProbes(
            Vertx vertx, RelayProber prober, String region, String publicKey, Map<CheckType, Duration> timeouts) {
        this.vertx = vertx;
        this.prober = prober;
        this.region = region;
        this.publicKey = publicKey;
        this.timeouts = timeouts;
    }

    /**
     * Blocks: reads certificates and the key.
     *
     * @param allow further address blocks that may be dialled
     * @param timeout of every check, or null for those of the configuration
     * @throws StartFailure if a setting cannot be used
     */
    static SingleProbes open(MonitorConfig config, List<String> allow, @Nullable Duration timeout, boolean write) {
        ProbeSettings settings = settings(config, allow);
        EventSigner signer = NodeKeys.primaryOrAny(config.monitor());
        Map<CheckType, Duration> timeouts = new EnumMap<>(CheckType.class);
        for (CheckType type : CheckType.values()) {
            MonitorConfig.Check check = config.checks().of(type);
            if (check.enabled() && (write || type != CheckType.WRITE)) {
                timeouts.put(type, timeout == null ? check.timeout() : timeout);
            }
        }
        Vertx vertx = Vertx.vertx();
        RelayProber prober =
                new RelayProber(vertx, settings, KeyRing.of(signer), AddressLimits.NONE, InstantSource.system());
        return new SingleProbes(vertx, prober, config.region(), signer.publicKey(), timeouts);
    }

    private static ProbeSettings settings(MonitorConfig config, List<String> allow) {
        MonitorConfig.Network network = config.network();
        List<String> allowed = new ArrayList<>(network.allowAddresses());
        allowed.addAll(allow);
        try {
            return ProbeSettings.of(
                    new MonitorConfig.Network(
                            allowed, network.dnsServers(), network.trustedCertificates(), network.proxies()),
                    config.geo());
        } catch (IllegalArgumentException e) {
            throw new StartFailure(String.valueOf(e.getMessage()), e);
        }
    }

    /** The reports in the order of the relays; blocks until all are there. */
    List<CheckReport> of(List<RelayUrl> relays) {
        List<CheckReport> reports = new ArrayList<>();
        for (int from = 0; from < relays.size(); from += AT_A_TIME) {
            List<CheckJob> jobs = relays.subList(from, Math.min(relays.size(), from + AT_A_TIME)).stream()
                    .map(this::job)
                    .toList();
            List<Future<CheckReport>> probes =
                    jobs.stream().map(job -> probe(job, MORE)).toList();
            Duration patience =
                    RelayProber.patience(jobs.get(0)).multipliedBy(1 + MORE).plusSeconds(5);
            reports.addAll(Await.of(Future.all(probes).map(all -> all.<CheckReport>list()), patience, "the probe"));
        }
        return reports;
    }

    /**
     * A program that has just begun is slow, and its first times measure itself: they are taken again, twice at most. Without
     * limits there is always a report.
     */
    private Future<CheckReport> probe(CheckJob job, int more) {
        return prober.probe(job)
                .map(answer -> Objects.requireNonNull(answer.report()))
                .compose(report -> report.withheld().isEmpty() || !report.open().passed() || more == 0
                        ? Future.succeededFuture(report)
                        : probe(job, more - 1));
    }

    private CheckJob job(RelayUrl relay) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return new CheckJob(
                relay, region, now, timeouts.keySet(), timeouts, publicKey, List.of(), Priority.ON_DEMAND, 1);
    }

    @Override
    public void close() {
        Await.of(prober.close().eventually(vertx::close), CLOSE_LIMIT, "Vert.x");
    }
}
