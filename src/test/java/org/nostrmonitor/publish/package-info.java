/** The publisher against targets that behave by script, over real sockets. */
@NullMarked
package org.nostrmonitor.publish;

import org.jspecify.annotations.NullMarked;
