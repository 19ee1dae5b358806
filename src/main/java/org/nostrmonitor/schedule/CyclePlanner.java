package org.nostrmonitor.schedule;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import org.nostrmonitor.queue.JobQueue;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.storage.CycleRepository;
import org.nostrmonitor.storage.RelayRepository;
import org.nostrmonitor.storage.RelayRepository.KnownRelay;

/** Turns the enabled relays into the jobs of one cycle, a page at a time. Doing it again adds nothing. */
final class CyclePlanner {
    private static final int PAGE = 1000;

    private final RelayRepository relays;
    private final CycleRepository cycles;
    private final JobQueue queue;
    private final CheckPlan plan;

    CyclePlanner(RelayRepository relays, CycleRepository cycles, JobQueue queue, CheckPlan plan) {
        this.relays = relays;
        this.cycles = cycles;
        this.queue = queue;
        this.plan = plan;
    }

    /** Completes with the number of jobs when all of them are in the queue and the cycle is sealed and running. */
    Future<Integer> plan(Instant cycle, String region) {
        return planFrom(0, 0, cycle, region)
                .compose(jobs -> queue.seal(region, cycle).map(jobs))
                .compose(jobs -> cycles.planned(cycle, region, jobs).map(jobs));
    }

    private Future<Integer> planFrom(int afterId, int planned, Instant cycle, String region) {
        return relays.enabledAfter(afterId, PAGE, region).compose(page -> {
            if (page.isEmpty()) {
                return Future.succeededFuture(planned);
            }
            int lastId = page.get(page.size() - 1).id();
            return queue.plan(jobs(page, cycle, region))
                    .compose(added -> planFrom(lastId, planned + page.size(), cycle, region));
        });
    }

    private List<CheckJob> jobs(List<KnownRelay> page, Instant cycle, String region) {
        return page.stream().map(relay -> plan.jobOf(relay, region, cycle)).toList();
    }
}
