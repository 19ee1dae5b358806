package org.nostrmonitor.chaos;

import java.util.ArrayList;
import java.util.List;
import org.nostrmonitor.chaos.Story.Ack;
import org.nostrmonitor.chaos.Story.Claim;

/**
 * Whether a lease was worth what it says: an ack is refused once another lease on the job was given out, and accepted once
 * at most. Where Redis has forgotten something in between, nothing can be said.
 *
 * @param refused acks that came too late, and were refused
 * @param noticed leases that were another's when they were to be prolonged, so that no ack was tried
 * @param accepted acks that came too late, and were accepted: a fault
 */
record Leases(int refused, int noticed, int accepted, List<String> problems) {
    static Leases of(Ledger ledger) {
        List<String> problems = new ArrayList<>();
        int[] count = new int[2];
        int noticed = ledger.ofAll(jobs -> jobs.values().stream()
                .mapToInt(job ->
                        (int) job.losses.stream().filter(job::isSuperseded).count())
                .sum());
        ledger.ofAll(jobs -> {
            jobs.forEach((id, job) -> {
                for (Ack ack : job.acks) {
                    if (job.isSuperseded(ack.fence())) {
                        boolean excused = ack.ours() && isExcused(ledger, job, ack);
                        count[ack.ours() ? 1 : 0] += excused ? 0 : 1;
                        if (ack.ours() && !excused) {
                            problems.add("a stale ack was accepted: " + id + " with fence " + ack.fence());
                        }
                    }
                }
                List<Ack> accepted = job.accepted();
                if (accepted.size() > 1
                        && !ledger.redisForgotBetween(
                                accepted.get(0).nanos(),
                                accepted.get(accepted.size() - 1).nanos())) {
                    problems.add("acked " + accepted.size() + " times: " + id);
                }
            });
            return count;
        });
        return new Leases(count[0], noticed, count[1], problems);
    }

    private static boolean isExcused(Ledger ledger, Story job, Ack ack) {
        return job.claims.stream()
                .filter(claim -> claim.fence() > ack.fence())
                .allMatch(claim -> forgottenBetween(ledger, claim, ack));
    }

    private static boolean forgottenBetween(Ledger ledger, Claim claim, Ack ack) {
        return ledger.redisForgotBetween(Math.min(claim.nanos(), ack.nanos()), Math.max(claim.nanos(), ack.nanos()));
    }
}
