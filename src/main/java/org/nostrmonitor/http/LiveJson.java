package org.nostrmonitor.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.http.view.CycleNow;
import org.nostrmonitor.http.view.CycleNow.Region;
import org.nostrmonitor.http.view.Numbers;

/** What the live stream says of the newest cycle. */
final class LiveJson {
    private LiveJson() {}

    /** In numbers, and in the words of the pages. */
    static JsonObject progress(CycleNow cycle, Instant now) {
        Integer done = cycle.done();
        return new JsonObject()
                .put("cycle", cycle.cycle().toString())
                .put("percent", percent(done, cycle.planned(), 0))
                .put("tail", cycle.tail(now))
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
                .put("percent", percent(region.done(), region.planned(), 1))
                .put("dead", region.dead());
    }

    /** As it is printed, so that 99.99 is not 100. */
    private static @Nullable Double percent(@Nullable Integer done, int planned, int decimals) {
        return done == null || planned == 0 ? null : Double.valueOf(Numbers.percent(done, planned, decimals));
    }
}
