package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.config.InvalidConfig;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.RelayRepository.Added;

/** What an administrator may change in PostgreSQL, and the record of it. */
public interface Administration {
    /** Adds those that are not known, enabled. Those that opted out are known, and stay as they are. */
    Future<Added> add(Collection<RelayUrl> relays);

    /** Completes with how the relay is listed then; null if it is not known, or the change is refused: see {@link Change}. */
    Future<@Nullable Listing> change(RelayUrl relay, Change change);

    /**
     * Removes the relay, its results and its event. Completes with whether it was known. What configures it, the file of a
     * scheduler or the built-in list, adds it again at the next start.
     */
    Future<Boolean> delete(RelayUrl relay);

    /** The settings that all nodes agree on, with the keys of the config file. */
    Future<JsonObject> settings();

    /**
     * Changes the settings that are given and leaves the others. Nodes read them when they start. Completes with all of them;
     * fails with {@link RefusedSettings}.
     */
    Future<JsonObject> changeSettings(JsonObject changes);

    /** Keeps what was done. The newest 10,000 are kept. */
    Future<Void> record(Action action);

    /** The newest, newest first. {@code most} up to 200. */
    Future<List<Action>> actions(int most);

    /**
     * A relay that opted out cannot be enabled before it is opted in again, in the same change or another.
     *
     * @param enabled null to leave it
     * @param first whether it is to be checked before others in a cycle; null to leave it
     * @param optedOut whether its operator does not want it to be probed and told of; null to leave it
     * @param why for {@code optedOut}
     */
    record Change(
            @Nullable Boolean enabled,
            @Nullable Boolean first,
            @Nullable Boolean optedOut,
            @Nullable String why) {}

    record Listing(
            boolean enabled,
            boolean first,
            @Nullable Instant optedOutAt,
            @Nullable String optedOutWhy) {}

    /** @param who the address of whoever had the token */
    record Action(Instant at, String who, String action, String target, String result) {}

    /** The settings that were asked for are none; the message says which, and why. */
    final class RefusedSettings extends RuntimeException {
        private static final long serialVersionUID = 1;

        RefusedSettings(String why) {
            super(why);
        }

        RefusedSettings(InvalidConfig faults) {
            super(String.join("; ", faults.faults()), faults);
        }
    }
}
