package org.nostrmonitor.consume;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.OneLook;
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
        return report(job, PASSED, PASSED, PASSED, "{\"name\":\"A relay\"}", Duration.ZERO);
    }

    /** Online, and every word of it is meant to break whoever reads it: NUL, half a character, control characters, length. */
    static CheckReport hostile(CheckJob job) {
        String nasty = "\0 \ud800 \u001b[31m \u202e ' <script> " + "x".repeat(10_000);
        String escaped = "\\u0000 \\ud800 \\u001b[31m \u202e ' <script> " + "x".repeat(10_000);
        String document = """
                {"name":"%1$s","software":"%1$s","version":"%1$s","tags":["%1$s","\\u0000"],"language_tags":["%1$s"],
                 "supported_nips":[1,-1,99999999999,"%1$s"],"limitation":{"auth_required":"%1$s"}}""".formatted(escaped);
        return report(
                job,
                PASSED,
                new Outcome.Passed(nasty),
                new Outcome.Refused(Reason.ERROR, nasty),
                document,
                Duration.ZERO);
    }

    static CheckReport offline(CheckJob job) {
        return report(
                job,
                new Outcome.Failed(Stage.TCP, Reason.TCP_REFUSED, ""),
                NOT_REACHED,
                NOT_REACHED,
                null,
                Duration.ZERO);
    }

    static CheckReport expired(CheckJob job) {
        return report(
                job,
                new Outcome.Failed(Stage.TLS, Reason.TLS_EXPIRED, ""),
                NOT_REACHED,
                NOT_REACHED,
                null,
                Duration.ZERO);
    }

    /** @param loopLag how late our own event loop was meanwhile */
    static CheckReport silent(CheckJob job, Duration loopLag) {
        Outcome silence = new Outcome.Failed(Stage.READ, Reason.NO_REPLY, "");
        return report(job, PASSED, silence, NOT_REACHED, null, loopLag);
    }

    private static CheckReport report(
            CheckJob job, Outcome open, Outcome read, Outcome write, @Nullable String document, Duration loopLag) {
        Phases phases = Phases.NONE
                .with(Stage.TCP, Duration.ofMillis(20))
                .with(Stage.UPGRADE, Duration.ofMillis(22))
                .with(Stage.READ, Duration.ofMillis(7));
        return OneLook.report(
                job.relay(),
                job.region(),
                job.cycle(),
                job.cycle().plusSeconds(3),
                null,
                phases,
                open,
                read,
                write,
                document == null ? NOT_REACHED : PASSED,
                document,
                Map.of(),
                loopLag);
    }
}
