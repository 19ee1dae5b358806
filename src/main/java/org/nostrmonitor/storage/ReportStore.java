package org.nostrmonitor.storage;

import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Known;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.RelayUrl;

/**
 * Keeps what was found: the result row, the current state and the signed event, in one transaction. Calls that come close
 * together share a transaction.
 */
public interface ReportStore {
    /**
     * Completes when the finding is committed. A result whose (relay, region, cycle) is there already changes nothing.
     * Fails with {@link StoreUnavailable} while PostgreSQL is away, too slow or full: then nothing of it was stored, or its
     * commit is unknown, and storing again is safe. Any other failure is this finding's own.
     */
    Future<Stored> store(Finding finding);

    /** Makes the signed discovery event of a report. Is called off the event loop; throws only for a fault of ours. */
    @FunctionalInterface
    interface EventMaker {
        /** @param known what is known of the relay with this report: the event says the same as the page */
        NostrEvent of(Known known);
    }

    /**
     * @param event makes the discovery event, or null if there is nothing to publish
     * @param publishTo the targets that the event is pending for
     */
    record Finding(CheckReport report, @Nullable EventMaker event, List<RelayUrl> publishTo) {
        public Finding {
            publishTo = List.copyOf(publishTo);
        }
    }

    /**
     * @param isNew false if the result was there already, or the relay is no longer known: then nothing was stored
     * @param state what the region knows of the relay now
     * @param eventStored whether the event took the place of an older one; false if it is not newer
     */
    record Stored(boolean isNew, RelayState state, boolean eventStored) {
        /** The relay was deleted since its job was planned: there is nothing to store, and nothing to try again. */
        static final Stored UNKNOWN_RELAY = new Stored(false, RelayState.UNKNOWN, false);
    }
}
