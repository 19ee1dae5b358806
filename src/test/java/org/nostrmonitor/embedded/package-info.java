@NullMarked
package org.nostrmonitor.embedded;

import org.jspecify.annotations.NullMarked;
