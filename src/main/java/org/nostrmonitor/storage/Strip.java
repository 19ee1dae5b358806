package org.nostrmonitor.storage;

import java.time.Instant;
import org.nostrmonitor.relay.RelayState;

/**
 * A day in 96 quarter hours, oldest first: the code of a {@link RelayState} each, {@code '0'} where nothing was found out.
 *
 * @param newest the number of the last quarter hour, counted from 1970
 */
record Strip(int newest, String states) {
    static final int SLOTS = 96;
    private static final String NOTHING = "0".repeat(SLOTS);
    private static final long SLOT_SECONDS = 900;

    static int slot(Instant time) {
        return (int) Math.floorDiv(time.getEpochSecond(), SLOT_SECONDS);
    }

    static Strip empty(int newest) {
        return new Strip(newest, NOTHING);
    }

    /** The same day seen at another time: what is not known of it yet, or was forgotten, is {@code '0'}. */
    Strip until(int slot) {
        long later = (long) slot - newest;
        if (Math.abs(later) >= SLOTS) {
            return empty(slot);
        }
        int by = (int) later;
        return new Strip(
                slot,
                by >= 0
                        ? states.substring(by) + NOTHING.substring(0, by)
                        : NOTHING.substring(0, -by) + states.substring(0, SLOTS + by));
    }

    /** What was found in a quarter hour. */
    RelayState at(int slot) {
        long index = (long) slot - newest + SLOTS - 1;
        return index < 0 || index >= SLOTS ? RelayState.UNKNOWN : RelayState.ofCode(states.charAt((int) index) - '0');
    }

    /**
     * With what was found in a quarter hour, early or late. What found nothing out takes nothing back.
     *
     * @param now by a clock that several nodes share. What is of the future is left out, and what was entered while that
     *     clock was wrong is taken back: it would hide all that comes until then
     */
    Strip with(int slot, RelayState state, int now) {
        Strip from = newest > now + 1 ? until(now) : this;
        if (slot > now + 1) {
            return from;
        }
        Strip moved = slot > from.newest ? from.until(slot) : from;
        if (slot <= moved.newest - SLOTS || state == RelayState.UNKNOWN) {
            return moved;
        }
        int index = slot - moved.newest + SLOTS - 1;
        String before = moved.states.substring(0, index);
        return new Strip(moved.newest, before + state.code() + moved.states.substring(index + 1));
    }
}
