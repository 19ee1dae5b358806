/** Speaking for the monitor and keeping its house: announcements, partitions, retention, figures. */
@NullMarked
package org.nostrmonitor.coordinate;

import org.jspecify.annotations.NullMarked;
