@NullMarked
package org.nostrmonitor.keys;

import org.jspecify.annotations.NullMarked;
