package org.nostrmonitor.logging;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what ends a thread. The JVM would print it to standard error as it is, lines of a stranger's included. */
public final class LastWords implements Thread.UncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(LastWords.class);

    @Override
    public void uncaughtException(Thread thread, Throwable failure) {
        LOG.error("thread {} ended by an error that nobody expected", thread.getName(), failure);
    }
}
