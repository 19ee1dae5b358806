/** The commands beside run: each reads its arguments, calls the parts, prints, and exits with a code. */
@NullMarked
package org.nostrmonitor.cli;

import org.jspecify.annotations.NullMarked;
