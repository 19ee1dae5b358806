/** When to check what: cycles, their planning and their completion. */
@NullMarked
package org.nostrmonitor.schedule;

import org.jspecify.annotations.NullMarked;
