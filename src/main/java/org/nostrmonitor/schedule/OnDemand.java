package org.nostrmonitor.schedule;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.nostrmonitor.bus.Messages.CheckRequest;
import org.nostrmonitor.bus.Messages.CheckRequested;
import org.nostrmonitor.bus.Messages.Ticket;
import org.nostrmonitor.config.CronTicks;
import org.nostrmonitor.queue.JobQueue;
import org.nostrmonitor.relay.InvalidRelayUrl;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.RelayRepository;

/** Queues the checks that somebody asked for. Any scheduler does, whoever leads. */
final class OnDemand {
    private static final CheckRequested UNKNOWN = new CheckRequested(false, List.of());

    private final CronTicks ticks;
    private final CheckPlan plan;
    private final RelayRepository relays;
    private final JobQueue queue;
    private final RegionWatch regions;
    private final InstantSource clock;

    OnDemand(
            CronTicks ticks,
            CheckPlan plan,
            RelayRepository relays,
            JobQueue queue,
            RegionWatch regions,
            InstantSource clock) {
        this.ticks = ticks;
        this.plan = plan;
        this.relays = relays;
        this.queue = queue;
        this.regions = regions;
        this.clock = clock;
    }

    /**
     * Puts one relay, enabled or not, into the queues of one or all regions that have workers, before everything else.
     * Completes with a ticket for each region that it is queued in; within the same second they are the same. Fails if none
     * of the queues could be reached.
     */
    Future<CheckRequested> check(CheckRequest request) {
        RelayUrl relay;
        try {
            relay = RelayUrl.parse(request.url());
        } catch (InvalidRelayUrl e) {
            return Future.succeededFuture(UNKNOWN);
        }
        return relays.find(relay, "")
                .compose(known -> known == null
                        ? Future.succeededFuture(UNKNOWN)
                        : regions.observe().transform(looked -> queue(relay, wanted(request))));
    }

    private List<String> wanted(CheckRequest request) {
        Set<String> present = regions.present();
        String only = request.region();
        return only == null ? List.copyOf(present) : present.contains(only) ? List.of(only) : List.of();
    }

    private Future<CheckRequested> queue(RelayUrl relay, List<String> wanted) {
        Instant cycle = cycle();
        List<Future<Ticket>> queued =
                wanted.stream().map(region -> queue(relay, region, cycle)).toList();
        return Future.join(queued).transform(done -> {
            List<Ticket> tickets = new ArrayList<>();
            queued.stream().filter(Future::succeeded).forEach(ticket -> tickets.add(ticket.result()));
            return tickets.isEmpty() && done.failed()
                    ? Future.failedFuture(done.cause())
                    : Future.succeededFuture(new CheckRequested(true, tickets));
        });
    }

    private Future<Ticket> queue(RelayUrl relay, String region, Instant cycle) {
        return relays.find(relay, region)
                .compose(known -> known == null
                        ? Future.failedFuture("the relay was removed just now")
                        : queue.plan(List.of(plan.onDemand(known, region, cycle))))
                .map(new Ticket(region, cycle));
    }

    /** This second, unless it is a tick: then the job would be the one of that cycle, and wait like it. */
    private Instant cycle() {
        Instant second = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return ticks.isTick(second) ? second.minusSeconds(1) : second;
    }
}
