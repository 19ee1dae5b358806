package org.nostrmonitor.queue;

import io.vertx.core.json.JsonObject;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.wire.JobJson;

/** A whole job as JSON: what a dead letter holds. */
final class Payload {
    private Payload() {}

    /** @throws IllegalArgumentException if the text is not the job of this id and region, with the reason in words */
    static CheckJob read(String region, String id, String text) {
        CheckJob job;
        try {
            job = JobJson.read(new JsonObject(text));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("not a job: " + e.getMessage(), e);
        }
        if (!job.id().equals(id) || !job.region().equals(region)) {
            throw new IllegalArgumentException("the job of another relay, cycle or region: " + job.id());
        }
        return job;
    }
}
