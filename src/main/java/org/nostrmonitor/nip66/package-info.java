/** What a report becomes when it is told to Nostr: kinds 30166 and 10166 with their tags (NIP-66). No I/O. */
@NullMarked
package org.nostrmonitor.nip66;

import org.jspecify.annotations.NullMarked;
