/** Reading what other monitors publish (NIP-66), and keeping it as what it is: hearsay. It changes nothing that was measured here. */
@NullMarked
package org.nostrmonitor.discover;

import org.jspecify.annotations.NullMarked;
