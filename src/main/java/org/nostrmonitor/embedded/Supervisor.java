package org.nostrmonitor.embedded;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts an embedded server again whenever it ends, on a thread of its own, until it is told to stop. Clients see a server
 * that was away for some seconds: same URI, same data.
 *
 * <p>A server that hangs is left alone: it may be busy, or an operator may have suspended it.
 */
public final class Supervisor {
    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final long LEAST_WAIT_MS = 500;
    private static final long MOST_WAIT_MS = 30_000;
    /** A server that ends sooner is as good as one that did not start: it is waited for longer and longer. */
    private static final long STEADY_NANOS = TimeUnit.MINUTES.toNanos(1);
    /** All that the thread does can be interrupted but a look at a socket or a disk. */
    private static final Duration THREAD_ENDS = Duration.ofSeconds(4);

    private final EmbeddedServer server;
    private final Counter restarts;
    private final Thread thread;
    private volatile boolean stopping;
    private int tries;

    private Supervisor(EmbeddedServer server, MeterRegistry meters) {
        this.server = server;
        this.restarts = Counter.builder("monitor.embedded.restarts")
                .description("how often an embedded server ended and was started again")
                .tag("server", server.label().toLowerCase(Locale.ROOT))
                .register(meters);
        this.thread = new Thread(this::watch, server.label() + " supervisor");
        this.thread.setDaemon(true);
    }

    /** Watches a server that runs. The caller stops it through {@link #stop} from now on, and no longer itself. */
    public static Supervisor of(EmbeddedServer server, MeterRegistry meters) {
        Supervisor supervisor = new Supervisor(server, meters);
        supervisor.thread.start();
        return supervisor;
    }

    private void watch() {
        try {
            while (!stopping) {
                long since = System.nanoTime();
                String how = server.awaitEnd();
                if (!stopping) {
                    tries = System.nanoTime() - since > STEADY_NANOS ? 0 : tries;
                    LOG.warn("embedded {} ended by itself ({}): starting it again", server.label(), how);
                    bringBack();
                }
            }
        } catch (InterruptedException toldToStop) {
            LOG.debug("embedded {} is no longer watched", server.label());
        }
    }

    private void bringBack() throws InterruptedException {
        long ended = System.nanoTime();
        String lastReason = "";
        do {
            Thread.sleep(waitMs(tries++));
            lastReason = tryOnce(lastReason);
        } while (!lastReason.isEmpty());
        restarts.increment();
        long awayMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - ended);
        LOG.info("embedded {} is back after {} ms", server.label(), awayMs);
    }

    /** Why it did not start, or nothing if it did. The same reason is logged once. */
    private String tryOnce(String lastReason) throws InterruptedException {
        try {
            server.restart();
            endIfTooLate();
            return "";
        } catch (IOException | RuntimeException e) {
            if (stopping) {
                throw new InterruptedException();
            }
            String reason = String.valueOf(e.getMessage());
            if (!reason.equals(lastReason)) {
                LOG.warn("embedded {} does not start, and is tried again: {}", server.label(), reason);
            }
            return reason;
        }
    }

    /** {@link #stop} may have given up waiting for this thread. */
    private void endIfTooLate() throws IOException, InterruptedException {
        if (stopping) {
            server.stop();
            throw new InterruptedException();
        }
    }

    /** From half a second up, to a bound that doubles with each try. */
    static long waitMs(int tries) {
        long most = Math.min(MOST_WAIT_MS, LEAST_WAIT_MS << Math.min(tries + 1, 10));
        return ThreadLocalRandom.current().nextLong(LEAST_WAIT_MS, most + 1);
    }

    /**
     * Ends the watch, a restart that is under way, and then the server. Blocks. Does nothing the second time.
     *
     * @throws IOException if it is not known whether the server has ended
     */
    public void stop() throws IOException {
        stopping = true;
        thread.interrupt();
        try {
            thread.join(THREAD_ENDS.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.stop();
    }
}
