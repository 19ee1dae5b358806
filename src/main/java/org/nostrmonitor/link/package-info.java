/** WebSockets to relays that the operator named, to publish to and to read from: dialled, bounded, and kept alive. */
@NullMarked
package org.nostrmonitor.link;

import org.jspecify.annotations.NullMarked;
