@NullMarked
package org.nostrmonitor.storage;

import org.jspecify.annotations.NullMarked;
