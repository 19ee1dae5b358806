/** A Nostr relay that only reads: stored events for whoever subscribes (NIP-01, 11, 45). It stores nothing. */
@NullMarked
package org.nostrmonitor.relayserver;

import org.jspecify.annotations.NullMarked;
