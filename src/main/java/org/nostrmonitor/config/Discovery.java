package org.nostrmonitor.config;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayUrl;

/** @param relays where what other monitors publish is read; null for the publish relays, empty reads nothing */
public record Discovery(@Nullable List<RelayUrl> relays) {
    static final Discovery DEFAULT = new Discovery(null);

    public Discovery {
        relays = relays == null ? null : List.copyOf(relays);
    }

    /** Where it is read, if these are the publish relays. */
    public List<RelayUrl> relaysOr(List<RelayUrl> publish) {
        List<RelayUrl> own = relays;
        return own == null ? publish : own;
    }
}
