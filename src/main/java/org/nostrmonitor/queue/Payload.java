package org.nostrmonitor.queue;

import io.vertx.core.json.JsonObject;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.wire.JobJson;

/** A job as text in Redis. */
final class Payload {
    private Payload() {}

    static String write(CheckJob job) {
        return JobJson.write(job).encode();
    }

    /** @throws IllegalArgumentException if the text is not this job, with the reason in words */
    static CheckJob read(String id, String text) {
        CheckJob job;
        try {
            job = JobJson.read(new JsonObject(text));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("not a job: " + e.getMessage(), e);
        }
        if (!job.id().equals(id)) {
            throw new IllegalArgumentException("the job of another relay or cycle: " + job.id());
        }
        return job;
    }
}
