/** Announcements, maintenance and figures over stores in memory; the real ones are tested with PostgreSQL. */
@NullMarked
package org.nostrmonitor.coordinate;

import org.jspecify.annotations.NullMarked;
