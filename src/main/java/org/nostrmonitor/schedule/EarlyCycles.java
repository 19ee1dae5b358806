package org.nostrmonitor.schedule;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.bus.Messages.CycleRequest;
import org.nostrmonitor.bus.Messages.CycleRequested;
import org.nostrmonitor.bus.Messages.Ticket;
import org.nostrmonitor.config.CronTicks;
import org.nostrmonitor.storage.CycleRepository;

/** Cycles that somebody asked for, between two ticks. The next tick begins its own, if this one is complete by then. */
final class EarlyCycles {
    private final CronTicks ticks;
    private final CycleRepository cycles;
    private final InstantSource clock;

    EarlyCycles(CronTicks ticks, CycleRepository cycles, InstantSource clock) {
        this.ticks = ticks;
        this.cycles = cycles;
        this.clock = clock;
    }

    /**
     * @param term of our lead, empty if we do not lead
     * @param present regions that have workers
     */
    Future<CycleRequested> begin(CycleRequest request, OptionalLong term, Collection<String> present) {
        if (term.isEmpty()) {
            return Future.succeededFuture(new CycleRequested(false, List.of(), List.of()));
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        List<String> asked = present.stream()
                .filter(region -> request.region() == null || region.equals(request.region()))
                .sorted()
                .toList();
        List<Future<@Nullable Ticket>> each = asked.stream()
                .map(region -> begin(term.getAsLong(), region, now))
                .toList();
        return Future.all(each).map(all -> {
            List<Ticket> begun = new ArrayList<>();
            List<String> running = new ArrayList<>();
            for (int i = 0; i < asked.size(); i++) {
                Ticket ticket = all.resultAt(i);
                if (ticket == null) {
                    running.add(asked.get(i));
                } else {
                    begun.add(ticket);
                }
            }
            return new CycleRequested(true, begun, running);
        });
    }

    /** Completes with null if one runs. */
    private Future<@Nullable Ticket> begin(long term, String region, Instant now) {
        return cycles.unfinished(region)
                .compose(unfinished -> unfinished.isEmpty()
                        ? cycles.begin(term, now, region, ticks.after(now))
                                .compose(begun -> begun
                                        ? Future.succeededFuture(new Ticket(region, now))
                                        : Future.failedFuture("the cycle of " + region + " could not be begun"))
                        : Future.succeededFuture());
    }
}
