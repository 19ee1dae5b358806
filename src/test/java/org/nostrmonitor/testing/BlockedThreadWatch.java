package org.nostrmonitor.testing;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** Fails a test class in which Vert.x warned of a blocked event loop. Registered for every test of the build. */
public final class BlockedThreadWatch implements BeforeAllCallback, AfterAllCallback {
    private static final String CHECKER = "io.vertx.core.impl.BlockedThreadChecker";
    private static final List<String> WARNINGS = new CopyOnWriteArrayList<>();

    static {
        ((Logger) LoggerFactory.getLogger(CHECKER)).addAppender(collector());
    }

    private static AppenderBase<ILoggingEvent> collector() {
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                WARNINGS.add(event.getFormattedMessage());
            }
        };
        appender.start();
        return appender;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        WARNINGS.clear();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (!WARNINGS.isEmpty()) {
            throw new AssertionError("an event loop was blocked: " + WARNINGS);
        }
    }
}
