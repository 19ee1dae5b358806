package org.nostrmonitor.chaos;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.nostrmonitor.bus.Messages.ProbeAnswer;
import org.nostrmonitor.bus.Messages.ProbeRequest;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.OneLook;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Phases;
import org.nostrmonitor.relay.Stage;

/** Answers as a prober would, a little later, without a network. Every relay is up; a poisonous one kills its prober. */
final class MadeUpProbes {
    static final String POISON = "poison";

    private static final Outcome PASSED = new Outcome.Passed();
    private static final Phases PHASES = Phases.NONE
            .with(Stage.TCP, Duration.ofMillis(9))
            .with(Stage.UPGRADE, Duration.ofMillis(11))
            .with(Stage.READ, Duration.ofMillis(12));

    private final Vertx vertx;
    private final Stops stops;
    private volatile long longestMs;

    /** @param longest a probe takes between 1 ms and this, evenly */
    MadeUpProbes(Vertx vertx, Stops stops, Duration longest) {
        this.vertx = vertx;
        this.stops = stops;
        this.longestMs = longest.toMillis();
    }

    void takeAtMost(Duration longest) {
        longestMs = longest.toMillis();
    }

    Future<ProbeAnswer> probe(ProbeRequest request) {
        CheckJob job = request.job();
        Trace.probes(job);
        if (job.relay().value().contains(POISON)) {
            return die();
        }
        Promise<Void> over = Promise.promise();
        vertx.setTimer(ThreadLocalRandom.current().nextLong(1, Math.max(2, longestMs + 1)), timer -> over.complete());
        return over.future()
                .compose(done -> stops.pass(Point.MID_PROBE, job.id()))
                .map(done -> ProbeAnswer.found(found(job)));
    }

    private static CheckReport found(CheckJob job) {
        return OneLook.report(
                job.relay(),
                job.region(),
                job.cycle(),
                Instant.now(),
                "192.0.2.1",
                PHASES,
                PASSED,
                PASSED,
                PASSED,
                PASSED,
                "{\"name\":\"a relay\"}",
                Map.of(),
                Duration.ZERO);
    }

    private static Future<ProbeAnswer> die() {
        try {
            new ProcessBuilder("kill", "-KILL", "" + ProcessHandle.current().pid()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Promise.<ProbeAnswer>promise().future();
    }
}
