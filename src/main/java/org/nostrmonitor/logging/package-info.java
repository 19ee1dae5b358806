/** How a line of the log looks, whoever wrote what is in it. Named by {@code logback.xml} and {@code Main} only. */
@NullMarked
package org.nostrmonitor.logging;

import org.jspecify.annotations.NullMarked;
