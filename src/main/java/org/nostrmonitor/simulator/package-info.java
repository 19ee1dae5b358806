/** Relays with scripted behaviour on loopback, for demonstrations, benchmarks and tests. */
@NullMarked
package org.nostrmonitor.simulator;

import org.jspecify.annotations.NullMarked;
