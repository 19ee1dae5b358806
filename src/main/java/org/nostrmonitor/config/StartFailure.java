package org.nostrmonitor.config;

import org.jspecify.annotations.Nullable;

/**
 * The node cannot start, for a reason that its operator can understand and mend: a port that is taken, a database that is
 * away. The message is one clear line without a secret; it is all that is printed.
 */
public final class StartFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StartFailure(String line) {
        this(line, null);
    }

    /** @param cause for a debugger; never printed */
    public StartFailure(String line, @Nullable Throwable cause) {
        super(line, cause);
    }

    /** What is printed. */
    public String line() {
        return String.valueOf(getMessage());
    }
}
