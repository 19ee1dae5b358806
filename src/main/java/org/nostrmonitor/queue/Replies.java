package org.nostrmonitor.queue;

import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /** A list of name and value by turns. */
    static Map<String, String> pairs(Response reply) {
        Map<String, String> pairs = new HashMap<>();
        for (int i = 0; i < reply.size(); i += 2) {
            pairs.put(reply.get(i).toString(), reply.get(i + 1).toString());
        }
        return pairs;
    }

    static CycleProgress progress(Response reply) {
        return new CycleProgress(
                reply.get(0).toInteger(), reply.get(1).toInteger(), reply.get(2).toInteger(), yes(reply.get(3)));
    }

    static QueueCounts counts(Response reply) {
        return new QueueCounts(
                reply.get(0).toInteger(),
                reply.get(1).toInteger(),
                reply.get(2).toInteger(),
                reply.get(3).toInteger(),
                reply.get(4).toInteger(),
                reply.get(5).toInteger(),
                Duration.ofMillis(reply.get(6).toLong()));
    }

    static Audit audit(Response reply) {
        return new Audit(
                reply.get(0).toInteger(),
                reply.stream().skip(1).map(Response::toString).toList());
    }

    static List<JobStatus> statuses(String region, Response reply) {
        return reply.stream().map(one -> status(region, one)).toList();
    }

    private static JobStatus status(String region, Response one) {
        Instant since = plannedAt(time(one.get(3)), one.get(8).toString());
        boolean queued = one.get(1).toString().equals(Where.QUEUED.name());
        return new JobStatus(
                region,
                Names.cycle(one.get(0).toString()),
                Where.valueOf(one.get(1).toString()),
                one.get(2).toString(),
                since,
                queued ? since : time(one.get(4)),
                one.get(5).toInteger(),
                one.get(6).toInteger(),
                one.get(7).toString());
    }

    /** Redis keeps the virtual deadline only of what was never claimed: it came less its priority's offset. */
    private static Instant plannedAt(Instant since, String packed) {
        if (packed.isEmpty()) {
            return since;
        }
        try {
            return since.minus(PackedJob.priority(packed).offset());
        } catch (IllegalArgumentException e) {
            return since;
        }
    }

    static DeadLetter deadLetter(String region, Response letter) {
        String id = Names.id(letter.get(0).toString());
        String payload = letter.get(1).toString();
        return new DeadLetter(
                id, payload, jobOrNull(region, id, payload), letter.get(2).toString(), time(letter.get(3)));
    }

    private static @Nullable CheckJob jobOrNull(String region, String id, String payload) {
        try {
            return Payload.read(region, id, payload);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Instant time(Response millis) {
        return Instant.ofEpochMilli(millis.toLong());
    }
}
