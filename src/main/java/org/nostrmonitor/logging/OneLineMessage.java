package org.nostrmonitor.logging;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import org.nostrmonitor.relay.Printable;

/**
 * The message of an event as one bounded line: whatever a stranger wrote into it, a line of the log begins where we begin one,
 * and a terminal that shows it obeys nobody.
 */
public final class OneLineMessage extends ClassicConverter {
    /** In characters of the message. */
    static final int LONGEST = 2_000;

    @Override
    public String convert(ILoggingEvent event) {
        return Printable.of(String.valueOf(event.getFormattedMessage()), LONGEST);
    }
}
