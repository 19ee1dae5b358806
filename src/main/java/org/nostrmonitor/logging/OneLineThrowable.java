package org.nostrmonitor.logging;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Printable;

/** A stack trace whose messages are one bounded line each: exceptions repeat what a stranger wrote. */
public final class OneLineThrowable extends ThrowableProxyConverter {
    @Override
    protected String throwableProxyToString(IThrowableProxy failure) {
        return super.throwableProxyToString(new Shown(failure));
    }

    private record Shown(IThrowableProxy failure) implements IThrowableProxy {
        /** In characters of each message. */
        private static final int LONGEST = 500;

        @Override
        public @Nullable String getMessage() {
            String message = failure.getMessage();
            return message == null ? null : Printable.of(message, LONGEST);
        }

        @Override
        public String getClassName() {
            return failure.getClassName();
        }

        @Override
        public StackTraceElementProxy[] getStackTraceElementProxyArray() {
            return failure.getStackTraceElementProxyArray();
        }

        @Override
        public int getCommonFrames() {
            return failure.getCommonFrames();
        }

        @Override
        public @Nullable IThrowableProxy getCause() {
            IThrowableProxy cause = failure.getCause();
            return cause == null ? null : new Shown(cause);
        }

        @Override
        public IThrowableProxy[] getSuppressed() {
            IThrowableProxy[] suppressed = failure.getSuppressed();
            IThrowableProxy[] shown = new IThrowableProxy[suppressed == null ? 0 : suppressed.length];
            for (int i = 0; i < shown.length; i++) {
                shown[i] = new Shown(suppressed[i]);
            }
            return shown;
        }

        @Override
        public boolean isCyclic() {
            return failure.isCyclic();
        }
    }
}
