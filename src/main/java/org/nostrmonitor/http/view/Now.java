package org.nostrmonitor.http.view;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The moment a page is made at.
 *
 * @param cycle the newest cycle, or null if there is none, or if it cannot be read now
 */
public record Now(Instant at, @Nullable CycleNow cycle) {}
