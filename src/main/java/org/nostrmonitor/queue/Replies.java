package org.nostrmonitor.queue;

import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.queue.DeadLetters.DeadLetter;
import org.nostrmonitor.queue.QueueView.Audit;
import org.nostrmonitor.queue.QueueView.CycleProgress;
import org.nostrmonitor.queue.QueueView.JobStatus;
import org.nostrmonitor.queue.QueueView.QueueCounts;
import org.nostrmonitor.queue.QueueView.Where;
import org.nostrmonitor.relay.CheckJob;

/** What the scripts answer, as records. */
final class Replies {
    private Replies() {}

    static boolean yes(Response reply) {
        return reply.toInteger() == 1;
    }

    static CycleProgress progress(Response reply) {
        return new CycleProgress(reply.get(0).toInteger(), 0, 0, yes(reply.get(1)));
    }

    static QueueCounts counts(Response reply) {
        return new QueueCounts(
                reply.get(0).toInteger(),
                0,
                reply.get(1).toInteger(),
                0,
                reply.get(2).toInteger(),
                reply.get(3).toInteger(),
                Duration.ZERO);
    }

    static Audit audit(Response reply) {
        return new Audit(
                reply.get(0).toInteger(),
                reply.stream().skip(1).map(Response::toString).toList());
    }

    static Optional<JobStatus> status(String region, String id, Response reply) {
        if (reply.size() == 0) {
            return Optional.empty();
        }
        long cycle = Long.parseLong(id.substring(0, id.indexOf(' ')));
        return Optional.of(new JobStatus(
                region,
                Instant.ofEpochSecond(cycle),
                Where.valueOf(reply.get(0).toString()),
                reply.get(1).toString(),
                reply.size() > 6 ? plannedAt(id, reply) : time(reply.get(2)),
                time(reply.get(3)),
                reply.get(4).toInteger(),
                0,
                reply.get(5).toString()));
    }

    /** Redis keeps the virtual deadline only: the enqueue time is less by the priority's offset. */
    private static Instant plannedAt(String id, Response reply) {
        Instant deadline = time(reply.get(2));
        CheckJob job = jobOrNull(id, reply.get(6).toString());
        return job == null ? deadline : deadline.minus(job.priority().offset());
    }

    static DeadLetter deadLetter(Response letter) {
        String id = letter.get(0).toString();
        String payload = letter.get(1).toString();
        return new DeadLetter(id, payload, jobOrNull(id, payload), letter.get(2).toString(), time(letter.get(3)));
    }

    private static @Nullable CheckJob jobOrNull(String id, String payload) {
        try {
            return Payload.read(id, payload);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Instant time(Response millis) {
        return Instant.ofEpochMilli(millis.toLong());
    }
}
