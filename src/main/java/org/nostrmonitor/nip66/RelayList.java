package org.nostrmonitor.nip66;

import java.time.Instant;
import java.util.List;
import org.nostrmonitor.nostr.EventTemplate;
import org.nostrmonitor.relay.RelayUrl;

/** Kind 10002: where somebody writes (NIP-65). */
public final class RelayList {
    public static final int KIND = 10002;

    private RelayList() {}

    public static EventTemplate template(List<RelayUrl> writesTo, Instant now) {
        List<List<String>> tags = writesTo.stream()
                .map(relay -> List.of("r", relay.value(), "write"))
                .toList();
        return new EventTemplate(now.getEpochSecond(), KIND, tags, "");
    }
}
