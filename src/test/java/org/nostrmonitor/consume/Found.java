package org.nostrmonitor.consume;

import java.time.Duration;
import java.util.Map;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Phases;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.Stage;

/** What a prober may find out about the relay of a job. */
final class Found {
    private static final Outcome PASSED = new Outcome.Passed();
    private static final Outcome NOT_REACHED = new Outcome.NotTested(Reason.NOT_REACHED);

    private Found() {}

    static CheckReport online(CheckJob job) {
        return report(job, PASSED, PASSED, Duration.ZERO);
    }

    static CheckReport offline(CheckJob job) {
        return report(job, new Outcome.Failed(Stage.TCP, Reason.TCP_REFUSED, ""), NOT_REACHED, Duration.ZERO);
    }

    /** @param loopLag how late our own event loop was meanwhile */
    static CheckReport silent(CheckJob job, Duration loopLag) {
        return report(job, PASSED, new Outcome.Failed(Stage.READ, Reason.NO_REPLY, ""), loopLag);
    }

    private static CheckReport report(CheckJob job, Outcome open, Outcome read, Duration loopLag) {
        Phases phases = Phases.NONE
                .with(Stage.TCP, Duration.ofMillis(20))
                .with(Stage.UPGRADE, Duration.ofMillis(22))
                .with(Stage.READ, Duration.ofMillis(7));
        return new CheckReport(
                job.relay(),
                job.region(),
                job.cycle(),
                job.cycle().plusSeconds(3),
                null,
                phases,
                open,
                read,
                read.passed() ? PASSED : NOT_REACHED,
                read.passed() ? PASSED : NOT_REACHED,
                read.passed() ? "{\"name\":\"A relay\"}" : null,
                Map.of(),
                loopLag);
    }
}
