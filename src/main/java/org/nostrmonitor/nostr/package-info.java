/** The Nostr protocol: events, signatures, keys, filters and messages (NIP-01, 13, 19, 42, 45, 50, 77, BIP-340). Knows nothing of monitoring. */
@NullMarked
package org.nostrmonitor.nostr;

import org.jspecify.annotations.NullMarked;
