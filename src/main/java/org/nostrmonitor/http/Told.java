package org.nostrmonitor.http;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was read.
 *
 * @param stale from when it is, if it is not from now because what would tell is away; else null
 */
record Told<T>(T value, @Nullable Instant stale) {}
