package org.nostrmonitor.cache;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.nostrmonitor.cache.Workers.Worker;

/** A worker as Redis has it, and the API. */
public final class WorkerJson {
    private WorkerJson() {}

    public static JsonObject write(Worker worker) {
        return new JsonObject()
                .put("id", worker.id())
                .put("region", worker.region())
                .put("startedAt", worker.startedAt().toString())
                .put("slots", worker.slots())
                .put("busy", worker.busy())
                .put("held", worker.held())
                .put("unacked", worker.unacked())
                .put("probes", worker.probes())
                .put("loopLagMs", worker.loopLagMs())
                .put("note", worker.note())
                .put("doubting", worker.doubting());
    }

    static Worker read(JsonObject json) {
        return new Worker(
                json.getString("id"),
                json.getString("region"),
                Instant.parse(json.getString("startedAt")),
                json.getInteger("slots"),
                json.getInteger("busy"),
                json.getInteger("held"),
                json.getInteger("unacked"),
                json.getLong("probes"),
                json.getLong("loopLagMs"),
                json.getString("note"),
                json.getBoolean("doubting", false));
    }
}
