package org.nostrmonitor.schedule;

import java.util.Map;

/**
 * The public key that a job names, so that whoever holds its secret signs the event. 64 hex digits each.
 *
 * @param usual of all regions but those in {@code byRegion}
 */
public record SigningKeys(String usual, Map<String, String> byRegion) {
    public SigningKeys {
        byRegion = Map.copyOf(byRegion);
    }

    /** One for all regions. */
    public static SigningKeys of(String only) {
        return new SigningKeys(only, Map.of());
    }

    String forRegion(String region) {
        return byRegion.getOrDefault(region, usual);
    }
}
