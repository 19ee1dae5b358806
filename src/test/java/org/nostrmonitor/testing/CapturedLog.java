package org.nostrmonitor.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What one class logs at INFO and above, from now until it is closed. */
public final class CapturedLog implements AutoCloseable {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger logger;
    private final AppenderBase<ILoggingEvent> appender;

    private CapturedLog(Logger logger) {
        this.logger = logger;
        this.appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                if (event.getLevel().isGreaterOrEqual(Level.INFO)) {
                    lines.add(event.getLevel() + " " + event.getFormattedMessage());
                }
            }
        };
    }

    public static CapturedLog of(String loggerName) {
        CapturedLog captured = new CapturedLog((Logger) LoggerFactory.getLogger(loggerName));
        captured.appender.start();
        captured.logger.addAppender(captured.appender);
        return captured;
    }

    /** Level and message of each, the oldest first. */
    public List<String> lines() {
        return lines;
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        appender.stop();
    }
}
