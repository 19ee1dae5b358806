package org.nostrmonitor.schedule;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.queue.QueueUnavailable;
import org.nostrmonitor.storage.CycleRepository.Cycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that a cycle that was begun is planned: again and again, with pauses, while Redis or PostgreSQL is away. */
final class Planning {
    private static final Logger log = LoggerFactory.getLogger(Planning.class);

    private final CyclePlanner planner;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Map<String, Attempts> byRegion = new ConcurrentHashMap<>();

    Planning(CyclePlanner planner, InstantSource clock, RandomGenerator random) {
        this.planner = planner;
        this.clock = clock;
        this.random = random;
    }

    private static final class Attempts {
        final Instant cycle;
        final Retries retries;

        @Nullable
        Instant failingSince;

        @Nullable
        Throwable fault;

        Attempts(Instant cycle, Retries retries) {
            this.cycle = cycle;
            this.retries = retries;
        }
    }

    /** Tries once, unless it is too soon after the last try. Completes whether or not it went well, except as not leading. */
    Future<Void> plan(long term, Cycle cycle) {
        Attempts attempts = attempts(cycle);
        if (!attempts.retries.mayTry(clock.instant())) {
            return Future.succeededFuture();
        }
        return planner.plan(term, cycle.cycle(), cycle.region()).transform(planned -> {
            if (planned.succeeded()) {
                byRegion.remove(cycle.region());
                log.info(
                        "Cycle {} of {} is planned: {} relays",
                        cycle.cycle(),
                        cycle.region(),
                        planned.result().planned());
                return Future.succeededFuture();
            }
            return failed(cycle, attempts, planned.cause());
        });
    }

    private Future<Void> failed(Cycle cycle, Attempts attempts, Throwable fault) {
        if (fault instanceof NotLeading) {
            return Future.failedFuture(fault);
        }
        Instant now = clock.instant();
        if (attempts.failingSince == null) {
            attempts.failingSince = now;
            log.warn("Cycle {} of {} cannot be planned yet: {}", cycle.cycle(), cycle.region(), fault.toString());
        }
        attempts.fault = fault;
        attempts.retries.failed(now);
        return Future.succeededFuture();
    }

    private Attempts attempts(Cycle cycle) {
        return byRegion.compute(
                cycle.region(),
                (region, known) -> known != null && known.cycle.equals(cycle.cycle())
                        ? known
                        : new Attempts(cycle.cycle(), new Retries(random)));
    }

    /** Why a cycle is still not planned, if trying has failed. */
    Optional<String> fault(Cycle cycle) {
        Attempts known = byRegion.get(cycle.region());
        if (known == null || !known.cycle.equals(cycle.cycle())) {
            return Optional.empty();
        }
        Instant since = known.failingSince;
        Throwable fault = known.fault;
        if (since == null || fault == null) {
            return Optional.empty();
        }
        String when = Words.time(since, clock.instant());
        return Optional.of(
                fault instanceof QueueUnavailable
                        ? "it could not be planned: Redis did not answer since " + when
                        : "it could not be planned since " + when + ": " + fault.getMessage());
    }

    /** Another term, another count. */
    void forget() {
        byRegion.clear();
    }
}
