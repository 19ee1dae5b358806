package org.nostrmonitor.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.nostrmonitor.relay.RelayUrl;

/**
 * One relay of a simulated network, and the truth about it.
 *
 * @param name {@code tls-expired-1}: what it does, and which of those it is
 * @param url where it is reached; {@code *.localhost} is loopback (RFC 6761)
 * @param seed decides its latencies, its document and what it stores
 */
public record SimulatedRelay(String name, Behaviour behaviour, RelayUrl url, long seed) {
    static final String DOMAIN = ".localhost";

    /** What a monitor must find. */
    public Expected expected() {
        Expected expected = behaviour.expected();
        return expected.with(Truths.capabilities(behaviour, expected, claims()));
    }

    private Set<Integer> claims() {
        return document().getJsonArray("supported_nips", new JsonArray()).stream()
                .map(Integer.class::cast)
                .collect(Collectors.toSet());
    }

    /** What it says of itself (NIP-11), the same at every call; empty for those that serve no document. */
    public JsonObject document() {
        return behaviour.expected().nip11() ? InventedDocument.of(this) : new JsonObject();
    }

    Random random(int salt) {
        return new Random(seed * 31 + salt);
    }
}
