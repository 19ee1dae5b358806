package org.nostrmonitor.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.bus.Messages.Ticket;
import org.nostrmonitor.cache.WorkerJson;
import org.nostrmonitor.http.QueueReading.QueueNow;
import org.nostrmonitor.http.view.Address;
import org.nostrmonitor.http.view.CycleNow.Estimate;
import org.nostrmonitor.http.view.RegionLetter;
import org.nostrmonitor.queue.DeadLetters.DeadLetter;
import org.nostrmonitor.queue.QueueView.CycleProgress;
import org.nostrmonitor.queue.QueueView.JobStatus;
import org.nostrmonitor.queue.QueueView.QueueCounts;
import org.nostrmonitor.queue.QueueView.Where;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.CycleRepository.Cycle;

/** Jobs, workers and cycles as {@code openapi.yaml} describes them. */
final class QueueJson {
    private static final double MILLIS_PER_SECOND = 1e3;

    private QueueJson() {}

    static JsonObject queue(
            QueueNow now, Map<String, Integer> outbox, List<RegionLetter> letters, @Nullable JsonObject system) {
        JsonArray regions = new JsonArray();
        now.counts().forEach((region, counts) -> regions.add(region(region, counts, workersOf(region, now))));
        JsonArray targets = new JsonArray();
        new TreeMap<>(outbox)
                .forEach((url, pending) ->
                        targets.add(new JsonObject().put("url", url).put("pending", pending)));
        return new JsonObject()
                .put("regions", regions)
                .put("workers", array(now.workers(), WorkerJson::write))
                .put("outbox", targets)
                .put("deadLetters", array(letters, letter -> letter(letter.region(), letter.letter())))
                .put("system", system);
    }

    private static long workersOf(String region, QueueNow now) {
        return now.workers().stream().filter(w -> w.region().equals(region)).count();
    }

    private static JsonObject region(String region, QueueCounts counts, long workers) {
        return new JsonObject()
                .put("region", region)
                .put("workers", workers)
                .put("ready", counts.ready())
                .put("onDemand", counts.onDemand())
                .put("delayed", counts.delayed())
                .put("retrying", counts.retrying())
                .put("leased", counts.leased())
                .put("dead", counts.dead())
                .put("waiting", counts.waiting())
                .put("overdueSeconds", seconds(counts.overdue()));
    }

    /** A letter that cannot be read as a job has its id, region and reason only. */
    private static JsonObject letter(String region, DeadLetter letter) {
        JsonObject json = new JsonObject().put("id", letter.id()).put("region", region);
        CheckJob job = letter.job();
        if (job != null) {
            json.put("url", job.relay().value())
                    .put("cycle", job.cycle().toString())
                    .put("attempt", job.attempt());
        }
        return json.put("why", letter.why()).put("at", letter.at().toString());
    }

    static JsonObject letters(String region, List<DeadLetter> letters) {
        return new JsonObject()
                .put("region", region)
                .put("items", array(letters, letter -> letter(region, letter).put("payload", letter.payload())));
    }

    static JsonObject jobs(RelayUrl relay, List<JobStatus> jobs) {
        return new JsonObject().put("url", relay.value()).put("items", array(jobs, QueueJson::job));
    }

    private static JsonObject job(JobStatus job) {
        boolean ends = job.where() == Where.RUNNING || job.where() == Where.DELAYED || job.where() == Where.RETRYING;
        return new JsonObject()
                .put("region", job.region())
                .put("cycle", job.cycle().toString())
                .put("state", job.where().name().toLowerCase(Locale.ROOT))
                .put("worker", orNull(job.owner()))
                .put("since", job.since().toString())
                .put("until", ends ? job.until().toString() : null)
                .put("attempt", job.attempt())
                .put("confirmation", job.confirmation())
                .put("why", orNull(job.why()));
    }

    static JsonObject tickets(RelayUrl relay, List<Ticket> tickets) {
        String base = ApiRoutes.BASE + Address.path(relay);
        return new JsonObject()
                .put("url", relay.value())
                .put(
                        "tickets",
                        array(
                                tickets,
                                ticket -> new JsonObject()
                                        .put("region", ticket.region())
                                        .put("cycle", ticket.cycle().toString())))
                .put("jobs", base + "/jobs")
                .put("results", base + "/results");
    }

    /** @param progress null if it does not run, or if nobody tells */
    static JsonObject cycle(Cycle cycle, @Nullable CycleProgress progress, @Nullable Estimate estimate) {
        Instant completed = cycle.completedAt();
        return new JsonObject()
                .put("cycle", cycle.cycle().toString())
                .put("region", cycle.region())
                .put("state", cycle.state())
                .put("planned", cycle.planned())
                .put("deadline", cycle.deadline().toString())
                .put("startedAt", cycle.startedAt().toString())
                .put("completedAt", completed == null ? null : completed.toString())
                .put("why", cycle.why())
                .put("progress", progress == null ? null : progress(progress, estimate));
    }

    private static JsonObject progress(CycleProgress progress, @Nullable Estimate estimate) {
        Duration left = estimate == null ? null : estimate.left();
        return new JsonObject()
                .put("remaining", progress.remaining())
                .put("done", progress.done())
                .put("dead", progress.dead())
                .put("sealed", progress.sealed())
                .put("perSecond", estimate == null ? null : estimate.perSecond())
                .put("leftSeconds", left == null ? null : seconds(left));
    }

    private static <T> JsonArray array(List<T> items, Function<T, JsonObject> json) {
        return new JsonArray(items.stream().map(json).toList());
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / MILLIS_PER_SECOND;
    }
}
