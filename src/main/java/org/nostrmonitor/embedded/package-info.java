/** PostgreSQL and Redis as child processes with their data in the data directory: starting, stopping, recovering. */
@NullMarked
package org.nostrmonitor.embedded;

import org.jspecify.annotations.NullMarked;
