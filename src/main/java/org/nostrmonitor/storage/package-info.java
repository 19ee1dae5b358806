/** PostgreSQL: migrations and repositories. Every SQL statement of the monitor stands here. */
@NullMarked
package org.nostrmonitor.storage;

import org.jspecify.annotations.NullMarked;
