package org.nostrmonitor.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.nostrmonitor.chaos.Truth.Cycle;

/**
 * What came of it, with what the databases hold on one side and what the processes told on the other.
 *
 * @param planned jobs of the cycles, a relay and cycle each
 * @param lost planned, and not stored in the end: their ids
 * @param storedTwice jobs that two workers stored as new
 * @param plannedAgain jobs that Redis had forgotten
 * @param executions how many jobs were probed how often
 * @param staleRefused acks refused since another worker had the job
 * @param staleNoticed leases that could not be prolonged for the same reason, so that no ack was tried
 * @param problems one line each for all that is not as promised; empty if all is well
 */
record Verdict(
        int cycles,
        int skipped,
        long planned,
        long stored,
        Set<String> lost,
        Set<String> storedTwice,
        int plannedAgain,
        Map<Integer, Integer> executions,
        int staleRefused,
        int staleNoticed,
        int staleAccepted,
        int innocentLetters,
        int poisonLetters,
        List<String> problems) {

    /** Everything is at rest: no cycle runs, no job is left. */
    static Verdict of(Size size, Truth truth, Ledger ledger, Operator operator, int poisoned) {
        List<String> problems = new ArrayList<>();
        List<Cycle> all = truth.cycles();
        List<Cycle> cycles = all.stream().filter(cycle -> !cycle.wasSkipped()).toList();
        Results results = new Results(operator.triedAgain());
        cycles.forEach(cycle -> results.count(cycle, size.relays(), truth));
        cycles.forEach(cycle -> judge(cycle, size.relays(), ledger, problems));
        Set<String> twice = storedTwice(ledger);
        Leases leases = Leases.of(ledger);
        problems.addAll(leases.problems());
        operator.audit().faults().forEach(fault -> problems.add("audit: " + fault));
        mustBeNone(problems, "results lost", results.lost.size(), results.lost);
        mustBeNone(problems, "results stored twice", twice.size(), twice);
        mustBeNone(problems, "results there twice in PostgreSQL", truth.storedTwice(), Set.of());
        if (operator.poison().size() != poisoned) {
            problems.add("of " + poisoned + " poisonous jobs " + operator.poison() + " are dead letters");
        }
        return new Verdict(
                cycles.size(),
                all.size() - cycles.size(),
                results.planned,
                results.stored,
                results.lost,
                twice,
                cycles.stream()
                        .mapToInt(cycle -> plannedAgain(cycle, size.relays(), ledger))
                        .sum(),
                executions(ledger),
                leases.refused(),
                leases.noticed(),
                leases.accepted(),
                operator.triedAgain().size(),
                operator.poison().size(),
                problems);
    }

    private static void judge(Cycle cycle, int relays, Ledger ledger, List<String> problems) {
        if (!cycle.state().equals("complete")) {
            problems.add("the cycle " + cycle.second() + " is " + cycle.state() + ": " + cycle.why());
        } else if (ledger.completions(cycle.second()) != 1) {
            problems.add("the cycle " + cycle.second() + " was announced as complete "
                    + ledger.completions(cycle.second()) + " times");
        }
        Ledger.Plan plan = ledger.plan(cycle.second());
        int again = plannedAgain(cycle, relays, ledger);
        if (again > 0 && !ledger.redisForgotBetween(plan.first(), plan.last())) {
            problems.add(again + " jobs of the cycle " + cycle.second()
                    + " had to be planned again, though Redis had forgotten nothing");
        }
        if (cycle.planned() != relays) {
            problems.add("the cycle " + cycle.second() + " says it has " + cycle.planned() + " jobs");
        }
    }

    /** The schedulers make good what the queue loses: without this, a queue that loses jobs would pass. */
    private static int plannedAgain(Cycle cycle, int relays, Ledger ledger) {
        return Math.max(0, ledger.plan(cycle.second()).jobs() - relays);
    }

    private static void mustBeNone(List<String> problems, String what, long count, Set<String> which) {
        if (count > 0) {
            problems.add(count + " " + what + ": " + which.stream().limit(10).toList());
        }
    }

    private static Set<String> storedTwice(Ledger ledger) {
        return ledger.ofAll(jobs -> {
            Set<String> twice = new TreeSet<>();
            jobs.forEach((id, job) -> {
                if (job.storedNew > 1) {
                    twice.add(id);
                }
            });
            return twice;
        });
    }

    private static Map<Integer, Integer> executions(Ledger ledger) {
        return ledger.ofAll(jobs -> {
            Map<Integer, Integer> count = new java.util.TreeMap<>();
            jobs.forEach((id, job) -> count.merge(job.executions, 1, Integer::sum));
            return count;
        });
    }

    /** Compares, cycle by cycle, what was planned with what is stored. */
    private static final class Results {
        private final Map<String, Long> triedAgain;
        private final Map<Long, Set<String>> storedOfAsked = new HashMap<>();
        private final Set<String> lost = new TreeSet<>();
        private long planned;
        private long stored;

        Results(Map<String, Long> triedAgain) {
            this.triedAgain = triedAgain;
        }

        void count(Cycle cycle, int relays, Truth truth) {
            Set<String> there = new HashSet<>(truth.stored(cycle.second()));
            planned += relays;
            for (int i = 0; i < relays; i++) {
                String id = cycle.second() + " " + Operator.url(i);
                if (there.remove(id) || isStoredLater(id, truth)) {
                    stored++;
                } else {
                    lost.add(id);
                }
            }
            there.forEach(id -> lost.add("unknown " + id));
        }

        /** A dead letter that was tried again is a job of another cycle, and perhaps a dead letter again. */
        private boolean isStoredLater(String id, Truth truth) {
            Long later = triedAgain.get(id);
            if (later == null) {
                return false;
            }
            String again = later + id.substring(id.indexOf(' '));
            return storedOfAsked.computeIfAbsent(later, truth::stored).contains(again) || isStoredLater(again, truth);
        }
    }
}
