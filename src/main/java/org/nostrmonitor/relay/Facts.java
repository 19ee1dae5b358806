package org.nostrmonitor.relay;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a probe saw of a relay beside its outcomes and times.
 *
 * @param addresses all that its name has, in the order in which they are tried first; empty if it was not looked up
 * @param tls what the handshake showed, or null if there was none
 * @param place where the dialled address is, or null if no database file is configured or no address was dialled
 * @param capabilities by NIP, what a test of it found; empty if capabilities were not due
 * @param limits what the relay showed of its limits, under the keys of NIP-11's {@code limitation}: {@code min_pow_difficulty} …
 */
public record Facts(
        List<String> addresses,
        @Nullable TlsSession tls,
        @Nullable Place place,
        Map<Integer, Capability> capabilities,
        Map<String, Integer> limits) {
    public static final Facts NONE = new Facts(List.of(), null, null, Map.of(), Map.of());

    public Facts {
        addresses = List.copyOf(addresses);
        capabilities = Map.copyOf(capabilities);
        limits = Map.copyOf(limits);
    }
}
