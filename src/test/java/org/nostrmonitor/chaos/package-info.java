/**
 * Kills the system while it works, and counts afterwards. Real processes, a real Redis and a real PostgreSQL; only the probes
 * are made up. What depends on how the parts are put together stands in {@link org.nostrmonitor.chaos.Wiring}.
 */
@NullMarked
package org.nostrmonitor.chaos;

import org.jspecify.annotations.NullMarked;
