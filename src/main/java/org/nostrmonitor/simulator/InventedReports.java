package org.nostrmonitor.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Facts;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Phases;
import org.nostrmonitor.relay.Place;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.Stage;

/** What a check of a simulated relay would have found at some time: for a past that nobody measured. */
public final class InventedReports {
    private static final int SALT = 29;
    private static final Outcome PASSED = new Outcome.Passed();
    private static final Outcome NOT_REACHED = new Outcome.NotTested(Reason.NOT_REACHED);

    private InventedReports() {}

    public static CheckReport of(SimulatedRelay relay, String region, Instant cycle) {
        Random random = relay.random(SALT);
        Expected truth = relay.expected();
        Stage stage = truth.stage();
        Outcome fault =
                stage == null || truth.reason() == null ? null : new Outcome.Failed(stage, truth.reason(), "invented");
        boolean opens = fault == null || stage == Stage.READ;
        Place place = InventedPlaces.of(relay);
        return new CheckReport(
                relay.url(),
                region,
                cycle,
                cycle.plusSeconds(1 + random.nextInt(600)),
                "203.0.113." + (1 + random.nextInt(250)),
                phases(relay, stage, random),
                opens || fault == null ? PASSED : fault,
                fault == null ? PASSED : opens ? fault : NOT_REACHED,
                fault == null ? write(truth) : NOT_REACHED,
                truth.nip11() ? PASSED : NOT_REACHED,
                truth.nip11() ? relay.document().encode() : null,
                truth.requirements(),
                Duration.ZERO,
                Set.of(),
                1,
                new Facts(List.of(), null, place, Map.of(), Map.of()));
    }

    private static Outcome write(Expected truth) {
        Reason refusal = truth.refusal();
        return refusal == null ? PASSED : new Outcome.Refused(refusal, "invented");
    }

    private static Phases phases(SimulatedRelay relay, @Nullable Stage stopped, Random random) {
        double far = 6 + 90 * random.nextDouble() * random.nextDouble() * 3;
        Phases phases = Phases.NONE;
        for (Stage stage : Stage.values()) {
            if (stage != Stage.TLS || relay.url().secure()) {
                phases = phases.with(stage, Duration.ofNanos((long) (far * 1e6 * (0.6 + random.nextDouble()))));
            }
            if (stage == stopped) {
                break;
            }
        }
        return phases;
    }
}
