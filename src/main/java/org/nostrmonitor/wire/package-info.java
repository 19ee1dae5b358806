/** How jobs and reports are written as JSON: the one form for Redis, PostgreSQL, the API and the command line. */
@NullMarked
package org.nostrmonitor.wire;

import org.jspecify.annotations.NullMarked;
