package org.nostrmonitor.embedded;

import java.io.IOException;

/** A server that this monitor runs in processes of its own. Every method blocks: none is for an event loop. */
public interface EmbeddedServer {
    /** Its name in a log line, {@code Redis}. */
    String label();

    /**
     * Returns when it does not run, for whatever reason, or never ran.
     *
     * @return how it ended, as far as that is known: {@code its exit code was 137}
     */
    String awaitEnd() throws InterruptedException;

    /**
     * Starts it again where it was, with the same URI and data, after it was stopped or died. An interrupt makes it fail, and
     * leaves a server that is half up to {@link #stop}.
     *
     * @throws IOException if it does not start; another try may succeed
     */
    void restart() throws IOException;

    /**
     * Ends it in order, and by force if it does not end so. Does nothing if it does not run.
     *
     * @throws IOException if it is not known whether it has ended
     */
    void stop() throws IOException;
}
