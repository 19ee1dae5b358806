package org.nostrmonitor.relay;

import org.jspecify.annotations.Nullable;

/**
 * Where an address is, as the geographic database files of the config have it. What they do not say is null.
 *
 * @param country ISO 3166-1 alpha-2, upper case
 * @param city its name, in English
 * @param geohash no more precise than the source; null for an address that is in many places
 * @param asn the number of the autonomous system that announces the address
 * @param asName the name of that system
 * @param anycast whether the address is in many places at once (a CDN): then country, city and geohash are null
 */
public record Place(
        @Nullable String country,
        @Nullable String city,
        @Nullable String geohash,
        @Nullable Long asn,
        @Nullable String asName,
        boolean anycast) {}
