package org.nostrmonitor.discover;

import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.Leadership;
import org.nostrmonitor.storage.MonitorNotes;

/**
 * What a {@link Discovery} works with.
 *
 * @param relays who is read; empty reads nobody
 * @param ownKeys the public keys that this node knows to be of this monitor
 * @param proxies for relays that are not on the clearnet, by network label
 * @param holder names this process, unlike any other's
 */
public record DiscoverySettings(
        Vertx vertx,
        List<RelayUrl> relays,
        Set<String> ownKeys,
        Map<String, String> proxies,
        MonitorNotes notes,
        Leadership leadership,
        String holder,
        InstantSource clock) {
    public DiscoverySettings {
        relays = List.copyOf(relays);
        ownKeys = Set.copyOf(ownKeys);
        proxies = Map.copyOf(proxies);
    }
}
