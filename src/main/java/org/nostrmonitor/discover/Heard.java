package org.nostrmonitor.discover;

import java.util.Optional;
import org.nostrmonitor.relay.Sighting;
import org.nostrmonitor.storage.MonitorNotes.Announced;
import org.nostrmonitor.storage.MonitorNotes.Named;

/** What a source said, screened: what is in it is well-formed and signed by whom it names. */
sealed interface Heard {
    /**
     * An event, whatever became of it.
     *
     * @param createdAt as it claims, seconds since the epoch
     * @param note what there is to be kept of it, if it is any good
     */
    record Event(String subscription, long createdAt, Optional<Note> note) implements Heard {}

    /** All that is stored of a subscription was said. */
    record End(String subscription) implements Heard {}

    /** A subscription is refused or ended. */
    record Closed(String subscription, String why) implements Heard {}

    /** Anything else. */
    record Other() implements Heard {}

    sealed interface Note {
        String monitor();
    }

    record Seen(Sighting sighting) implements Note {
        @Override
        public String monitor() {
            return sighting.monitor();
        }
    }

    record Introduced(Announced announced) implements Note {
        @Override
        public String monitor() {
            return announced.pubkey();
        }
    }

    record Called(Named named) implements Note {
        @Override
        public String monitor() {
            return named.pubkey();
        }
    }
}
