package org.nostrmonitor.relayserver;

import org.jspecify.annotations.Nullable;

/**
 * What the relay says of itself (NIP-11).
 *
 * @param pubkey of whoever runs it, 64 hex digits, or null
 * @param contact such as {@code mailto:…}, or null
 * @param version of this software, or null where it is not known
 */
public record RelaySettings(
        String name,
        String description,
        @Nullable String pubkey,
        @Nullable String contact,
        @Nullable String icon,
        @Nullable String version,
        RelayLimits limits) {}
