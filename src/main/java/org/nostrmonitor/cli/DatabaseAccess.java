package org.nostrmonitor.cli;

import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.Outbox;
import org.nostrmonitor.storage.RelayRepository.Added;

/** Opens the database of a configuration for a command: the one named there, or the embedded one. */
@FunctionalInterface
public interface DatabaseAccess {
    /**
     * Opens it; blocks until it is open.
     *
     * @throws org.nostrmonitor.config.StartFailure if it cannot be opened
     */
    Store open(MonitorConfig config);

    /** The open database. */
    interface Store extends AutoCloseable {
        /** Adds those that are not known; as {@link org.nostrmonitor.storage.RelayRepository#add}. */
        Future<Added> add(Collection<RelayUrl> relays);

        /** What waits to be published. */
        Outbox outbox();

        /** Who gets the events, as all nodes agree on it. */
        Future<List<RelayUrl>> publishTargets();

        /** Closes all that was opened; blocks until it is closed. */
        @Override
        void close();
    }
}
