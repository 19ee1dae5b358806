/** From a claimed job to a stored result: the handler of one job, its lease, and the reaping of lost ones. */
@NullMarked
package org.nostrmonitor.consume;

import org.jspecify.annotations.NullMarked;
