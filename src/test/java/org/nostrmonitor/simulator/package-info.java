/** Simulated relays as their clients meet them. */
@NullMarked
package org.nostrmonitor.simulator;

import org.jspecify.annotations.NullMarked;
