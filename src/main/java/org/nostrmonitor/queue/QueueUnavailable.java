package org.nostrmonitor.queue;

import org.jspecify.annotations.Nullable;

/** Redis did not do what was asked: gone, too slow, or out of memory. Passing; worth another try. */
public final class QueueUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    public QueueUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
