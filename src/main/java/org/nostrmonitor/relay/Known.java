package org.nostrmonitor.relay;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * What is known of a relay's behaviour from all tests so far, the latest of each: writes and capabilities are not tested in
 * every cycle, and what was seen an hour ago is better than what the relay claims.
 *
 * @param observed requirements as last seen; what was never seen is absent
 * @param capabilities by NIP, as last tested
 * @param limits as last seen, under the keys of NIP-11's {@code limitation}
 */
public record Known(
        Map<Requirement, Boolean> observed, Map<Integer, Capability> capabilities, Map<String, Integer> limits) {
    public static final Known NOTHING = new Known(Map.of(), Map.of(), Map.of());

    public Known {
        observed = Map.copyOf(observed);
        capabilities = Map.copyOf(capabilities);
        limits = Map.copyOf(limits);
    }

    /** After one more report. A test that was made but showed nothing leaves what was known. */
    public Known and(CheckReport report) {
        Map<Requirement, Boolean> requirements = new EnumMap<>(Requirement.class);
        requirements.putAll(observed);
        requirements.putAll(report.observed());
        Map<Integer, Capability> tested = new HashMap<>(capabilities);
        report.facts().capabilities().forEach((nip, capability) -> {
            if (capability.finding() != Capability.Finding.NOT_TESTED) {
                tested.put(nip, capability);
            } else {
                tested.putIfAbsent(nip, capability);
            }
        });
        Map<String, Integer> bounds = new HashMap<>(limits);
        bounds.putAll(report.facts().limits());
        return new Known(requirements, tested, bounds);
    }
}
