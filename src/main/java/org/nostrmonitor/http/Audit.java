package org.nostrmonitor.http;

import io.vertx.core.Future;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.nostrmonitor.relay.Printable;
import org.nostrmonitor.storage.Administration;
import org.nostrmonitor.storage.Administration.Action;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who did what, and what came of it: a line of the log, and a row where PostgreSQL answers. */
final class Audit {
    private static final Logger LOG = LoggerFactory.getLogger(Audit.class);
    private static final int LONGEST = 500;

    private final Administration administration;
    private final InstantSource clock;

    Audit(Administration administration, InstantSource clock) {
        this.administration = administration;
        this.clock = clock;
    }

    /**
     * Completes as the action does, after it was told of.
     *
     * @param from the address of whoever asked
     * @param what a verb
     * @param result in words
     */
    <T> Future<T> of(String from, String what, String target, Future<T> action, Function<T, String> result) {
        return action.transform(
                done -> tell(from, what, target, done.succeeded() ? result.apply(done.result()) : words(done.cause()))
                        .compose(told -> action));
    }

    private static String words(Throwable failure) {
        String message = failure.getMessage();
        return "failed: " + (message == null ? failure.toString() : message);
    }

    /** What is done stays done: that it cannot be recorded is only logged. */
    private Future<Void> tell(String from, String what, String target, String result) {
        String shownTarget = Printable.of(target, LONGEST);
        String shownResult = Printable.of(result, LONGEST);
        LOG.info("admin: {} {}, asked from {}: {}", what, shownTarget, from, shownResult);
        Action action =
                new Action(clock.instant().truncatedTo(ChronoUnit.MICROS), from, what, shownTarget, shownResult);
        return Within.postgres("the audit", administration.record(action)).recover(fault -> {
            LOG.warn("what an administrator did is not in the database: {}", fault.toString());
            return Future.succeededFuture();
        });
    }
}
