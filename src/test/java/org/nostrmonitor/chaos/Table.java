package org.nostrmonitor.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The table of a run, in Markdown. */
final class Table {
    private final Verdict verdict;
    private final Ledger ledger;
    private final List<Strike> strikes;

    Table(Verdict verdict, Ledger ledger, List<Strike> strikes) {
        this.verdict = verdict;
        this.ledger = ledger;
        this.strikes = strikes;
    }

    String text() {
        StringBuilder text = new StringBuilder("""
                | what was done | times | jobs hit | lost | stored twice | probes a job | back after: p50 | p99 | most |
                |---|--:|--:|--:|--:|--:|--:|--:|--:|
                """);
        Arrays.stream(Fault.values()).filter(this::happened).forEach(fault -> text.append(row(fault)));
        return text.append('\n').append(summary()).toString();
    }

    private boolean happened(Fault fault) {
        return !of(fault).isEmpty();
    }

    private List<Strike> of(Fault fault) {
        return strikes.stream().filter(strike -> strike.fault() == fault).toList();
    }

    private String row(Fault fault) {
        List<Strike> all = of(fault);
        Set<String> struck = new HashSet<>();
        all.forEach(strike -> struck.addAll(strike.struck()));
        boolean hitsJobs = fault.killsWorkers() || fault == Fault.STALL;
        long lost = struck.stream().filter(verdict.lost()::contains).count();
        long twice = struck.stream().filter(verdict.storedTwice()::contains).count();
        List<Duration> back = back(all);
        return "| %s | %d | %s | %s | %s | %s | %s | %s | %s |%n"
                .formatted(
                        fault.label,
                        all.size(),
                        hitsJobs ? struck.size() : "",
                        hitsJobs ? lost : "",
                        hitsJobs ? twice : "",
                        hitsJobs ? mean(struck) : "",
                        seconds(back, 0.5),
                        seconds(back, 0.99),
                        seconds(back, 1));
    }

    private String mean(Set<String> ids) {
        double mean = ids.stream()
                .mapToInt(id -> ledger.of(id, job -> job.executions))
                .average()
                .orElse(0);
        return String.format(Locale.ROOT, "%.2f", mean);
    }

    /** Until the last job that the victim had was stored; or where servers were away, until the next result was. */
    private List<Duration> back(List<Strike> all) {
        List<Duration> back = new ArrayList<>();
        for (Strike strike : all) {
            Duration took = strike.untilNextResult();
            if (took == null) {
                took = untilAllStored(strike);
            }
            if (took != null) {
                back.add(took);
            }
        }
        back.sort(null);
        return back;
    }

    /** Null if it had none that was not stored already. */
    private @Nullable Duration untilAllStored(Strike strike) {
        long last = 0;
        for (String id : strike.struck()) {
            Long stored = ledger.of(id, job -> job.wasStoredBefore(strike.nanos()) ? null : job.storedNanos);
            if (stored != null) {
                last = Math.max(last, stored - strike.nanos());
            }
        }
        return last == 0 ? null : Duration.ofNanos(last);
    }

    private static String seconds(List<Duration> sorted, double quantile) {
        if (sorted.isEmpty()) {
            return "";
        }
        int index = (int) Math.ceil(quantile * sorted.size()) - 1;
        return String.format(
                Locale.ROOT, "%.1f s", sorted.get(Math.max(0, index)).toMillis() / 1000.0);
    }

    private String summary() {
        long executed = ledger.executions();
        List<Duration> back = back(
                strikes.stream().filter(strike -> strike.fault().killsWorkers()).toList());
        long kills =
                strikes.stream().filter(strike -> strike.fault().killsWorkers()).count();
        return String.format(
                Locale.ROOT,
                """
                - %,d jobs planned in %d cycles, %,d results stored; lost %d, stored twice %d. %d ticks came while a cycle \
                still ran.
                - %,d jobs were planned again after Redis had forgotten them.
                - %,d probes for them, %.3f a job; jobs by probes made: %s.
                - %d workers killed; the last job of one was stored after %s (p50), %s (p99), %s (most).
                - Workers that came back after their lease: %d acks refused, %d losses noticed when prolonging; %d stale acks accepted.
                - Dead letters: %d poisonous; %d others, which an operator had tried again.
                """,
                verdict.planned(),
                verdict.cycles(),
                verdict.stored(),
                verdict.lost().size(),
                verdict.storedTwice().size(),
                verdict.skipped(),
                verdict.plannedAgain(),
                executed,
                (double) executed / Math.max(1, verdict.planned()),
                verdict.executions(),
                kills,
                seconds(back, 0.5),
                seconds(back, 0.99),
                seconds(back, 1),
                verdict.staleRefused(),
                verdict.staleNoticed(),
                verdict.staleAccepted(),
                verdict.poisonLetters(),
                verdict.innocentLetters());
    }
}
