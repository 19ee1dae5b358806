/**
 * A real monitor, as a process of its own, against a simulated network half of whose relays are hostile, for a while: what it
 * holds must not grow, and what it says must stay true. See {@code docs/reliability.md}.
 */
@NullMarked
package org.nostrmonitor.soak;

import org.jspecify.annotations.NullMarked;
