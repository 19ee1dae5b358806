package org.nostrmonitor.http.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.queue.QueueView.JobStatus;
import org.nostrmonitor.queue.QueueView.Where;

/**
 * What is under way for a relay, and the form to ask for more.
 *
 * @param lines a sentence for each job that is live or dead, the newest first
 * @param away whether Redis did not say
 * @param enabled whether a token is configured, without which there is no form
 * @param action where the form is sent
 * @param notice what came of the form, or null
 */
public record LiveJobs(
        List<Line> lines,
        boolean away,
        boolean enabled,
        String action,
        @Nullable Notice notice) {
    private static final int MOST_LINES = 6;

    /**
     * A moment inside a sentence, and who or why at its end.
     *
     * @param warn whether it needs a person
     */
    public record Line(String before, When time, Said after, boolean warn) {}

    /** @param jobs null if Redis did not say */
    public static LiveJobs of(
            @Nullable List<JobStatus> jobs, Address relay, boolean enabled, @Nullable Notice notice, Instant now) {
        List<Line> lines = jobs == null
                ? List.of()
                : jobs.stream()
                        .filter(job -> job.where() != Where.DONE)
                        .limit(MOST_LINES)
                        .map(job -> line(job, now))
                        .toList();
        return new LiveJobs(lines, jobs == null, enabled, relay.href() + "/check", notice);
    }

    private static Line line(JobStatus job, Instant now) {
        String from = " from " + Said.flat(job.region());
        When since = When.exact(job.since(), now).inSentence();
        When until = When.exact(job.until(), now).inSentence();
        return switch (job.where()) {
            case QUEUED ->
                new Line("A check" + from + " is queued since ", since, Said.of(confirming(job) + "."), false);
            case RUNNING ->
                new Line(
                        "A check" + from + " is running now, since ",
                        since,
                        Said.of((job.owner().isEmpty() ? "" : " (worker " + job.owner() + ")") + confirming(job) + "."),
                        false);
            case DELAYED -> new Line("A check" + from + " waits until ", until, because(job, confirming(job)), false);
            case RETRYING ->
                new Line(
                        "A check" + from + " is tried again at ",
                        until,
                        because(job, ", attempt " + job.attempt()),
                        true);
            case DEAD -> new Line("A check" + from + " became a dead letter at ", since, because(job, ""), true);
            case DONE -> new Line("A check" + from + " was done at ", since, Said.of("."), false);
        };
    }

    private static String confirming(JobStatus job) {
        return job.confirmation() == 0
                ? ""
                : ", to confirm a failure that was seen "
                        + (job.confirmation() == 1 ? "once" : job.confirmation() + " times");
    }

    private static Said because(JobStatus job, String more) {
        String why = job.why().isEmpty() ? "" : ", because: " + job.why();
        String text = more + why;
        return Said.of(text.endsWith(".") ? text : text + ".");
    }
}
