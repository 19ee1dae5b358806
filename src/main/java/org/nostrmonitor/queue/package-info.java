/** Check jobs in Redis: one Lua script a transition, leases and fences. Knows jobs, not what a check is. */
@NullMarked
package org.nostrmonitor.queue;

import org.jspecify.annotations.NullMarked;
