package org.nostrmonitor.http.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.RunLog.Run;

/**
 * What a coordinator did last, of one kind.
 *
 * @param name what it is, for people
 * @param did in the coordinator's words
 */
public record RunRow(String name, When at, String took, boolean well, Said did) {
    static final String MAINTENANCE = "maintenance";

    static @Nullable List<RunRow> of(@Nullable List<Run> runs, Instant now) {
        return runs == null ? null : runs.stream().map(run -> of(run, now)).toList();
    }

    private static RunRow of(Run run, Instant now) {
        long ms = run.took().toMillis();
        return new RunRow(
                name(run.job()),
                When.of(run.startedAt(), now),
                ms < 1_000 ? ms + " ms" : Numbers.span(run.took()),
                run.well(),
                Said.of(Sentences.of(run.result())));
    }

    /** A job that is not known here has its own name. */
    static String name(String job) {
        return switch (job) {
            case MAINTENANCE -> "Maintenance";
            case "announce" -> "The announcement";
            case "statistics" -> "The refresh of statistics";
            case "families" -> "The search for aliases";
            default -> Said.flat(job);
        };
    }
}
