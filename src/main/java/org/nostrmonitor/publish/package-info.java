/** Bringing signed events to the relays they are for, and keeping at it until they are accepted. */
@NullMarked
package org.nostrmonitor.publish;

import org.jspecify.annotations.NullMarked;
