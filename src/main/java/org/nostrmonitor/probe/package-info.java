/** Finding out the truth about one relay: names, addresses, connections, checks and their outcomes. */
@NullMarked
package org.nostrmonitor.probe;

import org.jspecify.annotations.NullMarked;
