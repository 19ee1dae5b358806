package org.nostrmonitor.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.simulator.TimedAnswer;
import org.nostrmonitor.simulator.TimedVisit;

/** What probes measured, beside what the simulated relays did. Filled from any thread, compared by one when all have ended. */
final class BenchAccuracySamples {
    private record Sample(CheckReport report, TimedVisit truth) {}

    private final Queue<Sample> samples = new ConcurrentLinkedQueue<>();
    private final AtomicInteger failed = new AtomicInteger();

    void add(CheckReport report, TimedVisit truth) {
        if (report.open().passed() && report.read().passed() && report.write().passed()) {
            samples.add(new Sample(report, truth));
        } else {
            failed.incrementAndGet();
        }
    }

    void broke() {
        failed.incrementAndGet();
    }

    /**
     * The comparison.
     *
     * @param withheld of the times with a truth to hold them against, the share that the prober did not give out, 0 to 1
     * @param unsure of all times, the share without such a truth, because the simulated relay was late itself, 0 to 1
     * @param late how late the relays were
     */
    record Compared(
            BenchAccuracyErrors open,
            BenchAccuracyErrors read,
            BenchAccuracyErrors write,
            double withheld,
            double unsure,
            int failed,
            BenchAccuracyErrors late) {}

    Compared compare() {
        Errors open = new Errors();
        Errors read = new Errors();
        Errors write = new Errors();
        for (Sample sample : samples) {
            open.add(sample.report().rttOpen(), sample.truth().upgrade());
            read.add(sample.report().rttRead(), sample.truth().read());
            write.add(sample.report().rttWrite(), sample.truth().write());
        }
        List<Errors> all = List.of(open, read, write);
        int given = all.stream().mapToInt(each -> each.nanos.size()).sum();
        int sure = given + all.stream().mapToInt(each -> each.withheld).sum();
        int unsure = all.stream().mapToInt(each -> each.unsure).sum();
        return new Compared(
                BenchAccuracyErrors.of(open.nanos),
                BenchAccuracyErrors.of(read.nanos),
                BenchAccuracyErrors.of(write.nanos),
                sure == 0 ? 0 : 1 - (double) given / sure,
                sure + unsure == 0 ? 0 : (double) unsure / (sure + unsure),
                failed.get(),
                BenchAccuracyErrors.of(
                        all.stream().flatMap(each -> each.late.stream()).toList()));
    }

    private static final class Errors {
        private final List<Long> nanos = new ArrayList<>();
        private final List<Long> late = new ArrayList<>();
        private int withheld;
        private int unsure;

        void add(@Nullable Duration measured, Optional<TimedAnswer> truth) {
            if (truth.isEmpty()) {
                unsure++;
                return;
            }
            TimedAnswer answer = truth.get();
            late.add(answer.lateNanos());
            if (!answer.sure()) {
                unsure++;
            } else if (measured == null) {
                withheld++;
            } else {
                nanos.add(measured.toNanos() - answer.heldNanos());
            }
        }
    }
}
