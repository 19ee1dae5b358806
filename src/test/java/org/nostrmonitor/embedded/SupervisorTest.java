package org.nostrmonitor.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.testing.Await.until;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With a server that ends and fails when it is told to; the real ones are in {@link CrashedServersTest}. */
@Timeout(60)
class SupervisorTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Scripted server = new Scripted();

    @Test
    void triesAgainUntilTheServerIsBack() throws Exception {
        server.failures.set(2);
        Supervisor supervisor = Supervisor.of(server, meters);

        server.ends.put("crash");
        assertThat(server.up.poll(20, TimeUnit.SECONDS)).isEqualTo("up");

        assertThat(server.tries).hasValue(3);
        awaitRestarts(1);
        supervisor.stop();
    }

    @Test
    void countsEachTimeThatTheServerIsBack() throws Exception {
        Supervisor supervisor = Supervisor.of(server, meters);
        for (int crash = 0; crash < 3; crash++) {
            server.ends.put("crash");
            assertThat(server.up.poll(20, TimeUnit.SECONDS)).isEqualTo("up");
        }

        awaitRestarts(3);
        supervisor.stop();
    }

    @Test
    void doesNotStartAServerThatWasStopped() throws Exception {
        Supervisor supervisor = Supervisor.of(server, meters);
        supervisor.stop();
        supervisor.stop();

        assertThat(server.tries).hasValue(0);
        assertThat(server.stops).hasValue(2);
        assertThat(restarts()).isZero();
    }

    @Test
    void stopsInTheMiddleOfARestart() throws Exception {
        server.hangs = true;
        Supervisor supervisor = Supervisor.of(server, meters);
        server.ends.put("crash");
        assertThat(server.restarting.await(20, TimeUnit.SECONDS)).isTrue();

        long since = System.nanoTime();
        supervisor.stop();

        assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(2));
        assertThat(server.tries).hasValue(1);
        assertThat(server.stops).hasValue(1);
        assertThat(restarts()).isZero();
    }

    @Test
    void endsAServerThatCameBackTooLate() throws Exception {
        server.deafToInterrupts = true;
        Supervisor supervisor = Supervisor.of(server, meters);
        server.ends.put("crash");
        assertThat(server.restarting.await(20, TimeUnit.SECONDS)).isTrue();
        supervisor.stop();
        assertThat(server.stops).hasValue(1);

        server.release.countDown();

        assertThat(server.stopped.tryAcquire(2, 20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void waitsHalfASecondToHalfAMinute() {
        for (int tries = 0; tries < 1_000; tries++) {
            assertThat(Supervisor.waitMs(tries)).isBetween(500L, 30_000L);
        }
        assertThat(Supervisor.waitMs(0)).isLessThanOrEqualTo(1_000);
    }

    private void awaitRestarts(int count) {
        until(() -> Future.succeededFuture(restarts()), counted -> counted == count);
    }

    private double restarts() {
        return meters.get("monitor.embedded.restarts")
                .tag("server", "scripted")
                .counter()
                .count();
    }

    private static final class Scripted implements EmbeddedServer {
        private final LinkedBlockingQueue<String> ends = new LinkedBlockingQueue<>();
        private final LinkedBlockingQueue<String> up = new LinkedBlockingQueue<>();
        private final AtomicInteger failures = new AtomicInteger();
        private final AtomicInteger tries = new AtomicInteger();
        private final AtomicInteger stops = new AtomicInteger();
        private final Semaphore stopped = new Semaphore(0);
        private final CountDownLatch restarting = new CountDownLatch(1);
        private final CountDownLatch release = new CountDownLatch(1);
        private volatile boolean hangs;
        private volatile boolean deafToInterrupts;

        @Override
        public String label() {
            return "Scripted";
        }

        @Override
        public String awaitEnd() throws InterruptedException {
            return ends.take();
        }

        @Override
        public void restart() throws IOException {
            tries.incrementAndGet();
            restarting.countDown();
            if (failures.getAndDecrement() > 0) {
                throw new IOException("not yet");
            }
            hang();
            up.add("up");
        }

        private void hang() throws IOException {
            while (hangs || deafToInterrupts) {
                try {
                    release.await();
                    return;
                } catch (InterruptedException e) {
                    if (!deafToInterrupts) {
                        throw new IOException("interrupted", e);
                    }
                }
            }
        }

        @Override
        public void stop() {
            stops.incrementAndGet();
            stopped.release();
        }
    }
}
