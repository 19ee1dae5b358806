package org.nostrmonitor.cache;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.RelayState;

/** The newest results over all relays, and the newest of each relay, for reading without PostgreSQL. */
public interface RecentResults {
    /** Remembers a stored result. */
    Future<Void> add(CheckReport report, RelayState state);

    /** The newest over all relays, newest first, at most 200. */
    Future<List<JsonObject>> newest(int most);

    /** The newest of one relay in a region, or null. */
    Future<@Nullable JsonObject> of(String relay, String region);

    /** The name of the figures of the whole system: {@code outboxEvents}, {@code databaseBytes}, {@code partitionDays}. */
    String SYSTEM = "system";

    /** The name of what a publisher says of its targets: {@link TargetStateJson}. */
    String TARGETS = "targets";

    /** Keeps figures under a name for a minute, for the pages. */
    Future<Void> putFigures(String name, JsonObject figures);

    /** Keeps something under a name for so long, at least a second. It is read as figures are. */
    default Future<Void> keep(String name, JsonObject what, Duration kept) {
        return putFigures(name, what);
    }

    Future<@Nullable JsonObject> figures(String name);
}
