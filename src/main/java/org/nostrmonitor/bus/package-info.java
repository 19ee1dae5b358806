/** The event bus, typed: every address, every message, and the only code that touches Vert.x's EventBus. */
@NullMarked
package org.nostrmonitor.bus;

import org.jspecify.annotations.NullMarked;
