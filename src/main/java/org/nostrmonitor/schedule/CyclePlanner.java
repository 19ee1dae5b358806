package org.nostrmonitor.schedule;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.nostrmonitor.config.CronTicks;
import org.nostrmonitor.queue.JobQueue;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.storage.CycleRepository;
import org.nostrmonitor.storage.RelayRepository;
import org.nostrmonitor.storage.RelayRepository.Candidate;

/**
 * Turns the relays whose turn it is into the jobs of one cycle, a page at a time. Doing it again, whatever happened in
 * between, queues what is planned and neither stored nor in the queue, and nothing else.
 */
final class CyclePlanner {
    private static final int PAGE = 1000;

    private final RelayRepository relays;
    private final CycleRepository cycles;
    private final JobQueue queue;
    private final CheckPlan plan;
    private final CronTicks ticks;
    private final LeaderElection election;

    CyclePlanner(
            RelayRepository relays,
            CycleRepository cycles,
            JobQueue queue,
            CheckPlan plan,
            CronTicks ticks,
            LeaderElection election) {
        this.relays = relays;
        this.cycles = cycles;
        this.queue = queue;
        this.plan = plan;
        this.ticks = ticks;
        this.election = election;
    }

    /**
     * What planning came to.
     *
     * @param planned checks of the whole cycle
     * @param open those without a result
     * @param added those that were new to the queue
     */
    record Planned(int planned, int open, int added) {}

    /**
     * Completes when all jobs are in the queue and the cycle is sealed and running. Fails with {@link NotLeading} if the
     * term ends meanwhile, else as PostgreSQL or Redis does; then it can be done again.
     */
    Future<Planned> plan(long term, Instant cycle, String region) {
        Selection selection = new Selection(plan, region, cycle, ticks.cadence(cycle));
        AtomicInteger added = new AtomicInteger();
        return relays.candidates(
                        region,
                        cycle,
                        PAGE,
                        page -> queue(term, selection, page)
                                .onSuccess(added::addAndGet)
                                .mapEmpty())
                .compose(done -> queue.seal(region, cycle))
                .compose(done -> cycles.planned(term, cycle, region, selection.planned()))
                .compose(isOurs -> isOurs
                        ? Future.succeededFuture(new Planned(selection.planned(), selection.picked(), added.get()))
                        : Future.failedFuture(new NotLeading()));
    }

    /** Asked before each page: a scheduler that was stopped must not go on where it was when it wakes up. */
    private Future<Integer> queue(long term, Selection selection, List<Candidate> page) {
        if (!election.leads(term)) {
            return Future.failedFuture(new NotLeading());
        }
        List<CheckJob> jobs = selection.jobs(page);
        return jobs.isEmpty() ? Future.succeededFuture(0) : queue.plan(jobs);
    }
}
