/** What several tests share: real parts to test with, and watchers that fail a test. */
@NullMarked
package org.nostrmonitor.testing;

import org.jspecify.annotations.NullMarked;
