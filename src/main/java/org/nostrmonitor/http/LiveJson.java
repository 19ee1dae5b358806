package org.nostrmonitor.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.nostrmonitor.http.view.CycleNow;
import org.nostrmonitor.http.view.CycleNow.Region;

/** What the live stream says of the newest cycle. */
final class LiveJson {
    private LiveJson() {}

    static JsonObject progress(CycleNow cycle) {
        return new JsonObject()
                .put(
                        "regions",
                        new JsonArray(
                                cycle.regions().stream().map(LiveJson::region).toList()));
    }

    private static JsonObject region(Region region) {
        return new JsonObject()
                .put("region", region.name())
                .put("cycle", region.cycle().toString())
                .put("state", region.state())
                .put("planned", region.planned())
                .put("done", region.done())
                .put("dead", region.dead());
    }
}
