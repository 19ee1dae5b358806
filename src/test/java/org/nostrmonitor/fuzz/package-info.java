/** Whatever a stranger sends, reading it gives a value or the exception that its reader declares. */
@NullMarked
package org.nostrmonitor.fuzz;

import org.jspecify.annotations.NullMarked;
