package org.nostrmonitor.storage;

import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.EventJson;
import org.nostrmonitor.nostr.NostrEvent;

/**
 * A discovery event on its way into its table.
 *
 * @param targets a JSON array
 */
record Discovery(int relayId, NostrEvent event, String json, String targets) {

    /**
     * Signs it: off the event loop. Null if there is nothing to say, or nothing that can be stored: PostgreSQL's text takes no
     * NUL, and such an event could be read by nobody. The result counts, not the event.
     */
    static @Nullable Discovery of(ReportRow row) {
        PreparedFinding finding = row.finding();
        ReportStore.EventMaker maker = finding.maker();
        if (maker == null) {
            return null;
        }
        NostrEvent event = maker.of(row.known());
        return event.content().indexOf('\0') >= 0
                ? null
                : new Discovery(row.relayId(), event, EventJson.write(event), finding.targets());
    }
}
