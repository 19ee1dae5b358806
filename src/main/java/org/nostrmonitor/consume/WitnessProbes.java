package org.nostrmonitor.consume;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.bus.Bus;
import org.nostrmonitor.bus.Messages;
import org.nostrmonitor.bus.Messages.ProbeRequest;
import org.nostrmonitor.consume.WitnessRound.Testimony;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.CheckType;
import org.nostrmonitor.relay.Priority;
import org.nostrmonitor.relay.RelayUrl;

/** Asks witnesses as any relay is probed, but only whether they open: nothing is signed, stored or published. */
final class WitnessProbes implements Inquiry.Asking {
    /** On top of the timeout of the check: this bounds the loss of a reply. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Bus bus;
    private final String region;
    private final Duration patience;

    WitnessProbes(Bus bus, String region, Duration patience) {
        this.bus = bus;
        this.region = region;
        this.patience = patience;
    }

    @Override
    public Future<Testimony> ask(RelayUrl relay) {
        CheckJob job = new CheckJob(
                relay,
                region,
                Instant.EPOCH,
                Set.of(CheckType.OPEN),
                Map.of(CheckType.OPEN, patience),
                null,
                List.of(),
                Priority.ON_DEMAND,
                1);
        return Loop.here(bus.request(Messages.PROBE, new ProbeRequest(job), patience.plus(GRACE)))
                .map(answer -> testimony(answer.report()))
                .otherwise(Testimony.NONE);
    }

    private static Testimony testimony(@Nullable CheckReport report) {
        if (report == null || report.doubtful() || !report.open().tested()) {
            return Testimony.NONE;
        }
        return report.open().passed() ? Testimony.ANSWERS : Testimony.SILENT;
    }
}
