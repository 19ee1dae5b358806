/** What Redis remembers for quick reading: recent results, figures, who is at work. All of it can be lost. */
@NullMarked
package org.nostrmonitor.cache;

import org.jspecify.annotations.NullMarked;
