package org.nostrmonitor.http.view;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.RunLog.Run;

/**
 * What keeps the monitor in shape, and who reads it; a null is what could not be read.
 *
 * @param runs of coordinators, the newest of each job, from PostgreSQL
 * @param heard what a coordinator said within the last minute, from Redis
 * @param readers pages that are open at this node, and listen
 * @param clients of the relay at this node, or null if it has none
 */
public record Upkeep(
        @Nullable List<Run> runs,
        @Nullable Heard heard,
        int readers,
        @Nullable Integer clients) {

    /**
     * @param any whether a coordinator said anything
     * @param databaseBytes on disk, or null if it did not say
     * @param partitionDays from today on that have a place for results, or null if it did not say
     */
    public record Heard(
            boolean any,
            @Nullable Long databaseBytes,
            @Nullable Long partitionDays) {
        public static Heard of(@Nullable JsonObject figures) {
            return figures == null
                    ? new Heard(false, null, null)
                    : new Heard(true, number(figures, "databaseBytes"), number(figures, "partitionDays"));
        }

        private static @Nullable Long number(JsonObject figures, String name) {
            return figures.getValue(name) instanceof Number number ? (Long) number.longValue() : null;
        }
    }
}
