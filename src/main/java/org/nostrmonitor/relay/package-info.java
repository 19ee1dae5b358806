/** The words of the trade: relay URLs, checks, jobs, outcomes and reports. Plain values on the JDK alone; no I/O and no library. */
@NullMarked
package org.nostrmonitor.relay;

import org.jspecify.annotations.NullMarked;
