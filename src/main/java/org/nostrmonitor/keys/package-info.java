/** Which keys a node holds, and what each of them speaks for. */
@NullMarked
package org.nostrmonitor.keys;

import org.jspecify.annotations.NullMarked;
