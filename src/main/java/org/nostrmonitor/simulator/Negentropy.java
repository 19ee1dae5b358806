package org.nostrmonitor.simulator;

import java.util.List;
import org.nostrmonitor.nostr.NostrEvent;

/** As much of NIP-77's protocol, version 1, as it takes to tell which events there are. */
final class Negentropy {
    private static final String VERSION = "61";
    private static final String UP_TO_INFINITY = "0000";
    private static final String ID_LIST = "02";

    private Negentropy() {}

    /** One range up to infinity with the ids of all of them, in hex. */
    static String ids(List<NostrEvent> events) {
        StringBuilder message =
                new StringBuilder(VERSION).append(UP_TO_INFINITY).append(ID_LIST);
        message.append(varint(events.size()));
        events.forEach(event -> message.append(event.id()));
        return message.toString();
    }

    /** Digits to the base of 128, the most significant first, all but the last with the high bit. */
    private static String varint(int number) {
        String last = "%02x".formatted(number & 0x7f);
        StringBuilder digits = new StringBuilder(last);
        for (int left = number >> 7; left > 0; left >>= 7) {
            digits.insert(0, "%02x".formatted((left & 0x7f) | 0x80));
        }
        return digits.toString();
    }
}
