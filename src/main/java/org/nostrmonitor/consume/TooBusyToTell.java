package org.nostrmonitor.consume;

import java.time.Duration;

/** A relay was silent while our event loop was late: nothing was found out about the relay. */
final class TooBusyToTell extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooBusyToTell(Duration lag) {
        super("the relay was silent, but our event loop was " + lag.toMillis() + " ms late");
    }
}
