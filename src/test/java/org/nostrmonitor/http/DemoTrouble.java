package org.nostrmonitor.http;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.nostrmonitor.cache.Workers.Worker;
import org.nostrmonitor.queue.QueueView.JobStatus;
import org.nostrmonitor.queue.QueueView.QueueCounts;
import org.nostrmonitor.queue.QueueView.Where;
import org.nostrmonitor.relay.RelayUrl;

/** Everything that can be wrong at once, with names and reasons that mean harm. */
final class DemoTrouble {
    static final String HARM = "<script>alert(1)</script>\u202e\"onmouseover='x' & co";

    private DemoTrouble() {}

    static void in(DemoSite site, Instant now) {
        DemoQueue queue = site.queue;
        Instant start = now.minus(Duration.ofHours(2));
        queue.workers.removeIf(worker -> worker.region().equals("us-east"));
        queue.workers.add(new Worker(
                "eu-west-2",
                "eu-west",
                start,
                400,
                0,
                1600,
                31,
                8_000,
                71,
                "PostgreSQL is away: 1,600 reports wait for it, so nothing is claimed"));
        queue.workers.add(new Worker("sa-1 " + HARM, "sa-east", start, 200, 0, 0, 0, 0, 4, HARM));
        queue.workers.add(new Worker(
                "ap-1-with-a-name-that-is-quite-long-for-a-worker", "ap-south", start, 200, 0, 0, 0, 12, 4, ""));
        queue.counts.put(
                "us-east",
                new QueueCounts(2_140, 3, 41, 12, 0, 0, Duration.ofMinutes(6).plusSeconds(58)));
        queue.counts.put("ap-south", new QueueCounts(310, 0, 0, 0, 0, 0, Duration.ofMinutes(21)));
        site.figures.figures.put(
                "cycle.us-east",
                new JsonObject()
                        .put("planned", DemoOperations.PLANNED)
                        .put("perSecond", 0.01)
                        .put("leftSeconds", 2_100));
        site.operations.maintained = false;
        queue.bury("us-east", DemoData.HOSTILE, HARM);
        queue.bury(
                "us-east",
                RelayUrl.of("wss://relay.fjord.example/"),
                "the worker died three times while it had this job");
        queue.buryUnreadable(
                "ap-south",
                "1795365000 " + HARM + "\n" + "x".repeat(300),
                "is not a job: timeouts.open is not a number");
        queue.jobs.add(new JobStatus(
                "eu-west",
                now,
                Where.RUNNING,
                "eu-west-1 " + HARM,
                now.minusSeconds(4),
                now.plusSeconds(26),
                1,
                1,
                ""));
        queue.jobs.add(new JobStatus(
                "us-east",
                now,
                Where.DELAYED,
                "",
                now.minusSeconds(9),
                now.plusSeconds(40),
                1,
                0,
                "its host has its turn later"));
        queue.jobs.add(new JobStatus(
                "us-east",
                now.minusSeconds(900),
                Where.RETRYING,
                "",
                now.minusSeconds(9),
                now.plusSeconds(12),
                2,
                0,
                HARM));
        queue.jobs.add(new JobStatus(
                "ap-south",
                now.minusSeconds(901),
                Where.QUEUED,
                "",
                now.minusSeconds(70),
                now.minusSeconds(70),
                1,
                0,
                ""));
        queue.jobs.add(new JobStatus(
                "ap-south",
                now.minusSeconds(1800),
                Where.DEAD,
                "",
                now.minusSeconds(70),
                now.minusSeconds(70),
                3,
                0,
                "out of attempts"));
        queue.jobs.add(new JobStatus(
                "ap-south",
                now.minusSeconds(2700),
                Where.DONE,
                "",
                now.minusSeconds(70),
                now.minusSeconds(70),
                1,
                0,
                ""));
    }
}
