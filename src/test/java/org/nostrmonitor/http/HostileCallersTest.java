package org.nostrmonitor.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callers who take more than they need: connections, time, memory, answers. */
class HostileCallersTest {
    /** Longer only where a machine is busy: all that is waited for comes within a second or three. */
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private static final double PLENTY = 100_000;

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    @AfterEach
    void close() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    /** Nobody is exempt. */
    private void serve(double perSecond, int connections, int ofASite, Duration forAHead) throws Exception {
        Duration more = forAHead.multipliedBy(2);
        opened.push(new DemoClient(
                DemoData.relays(),
                null,
                new WebLimits(perSecond, List.of(), connections, ofASite, forAHead, more, more)));
    }

    /** Opened first, closed last. */
    private DemoClient demo() {
        return (DemoClient) opened.getLast();
    }

    private RawHttp caller(int last) throws IOException {
        RawHttp raw = new RawHttp(demo(), last, 0);
        opened.push(raw);
        return raw;
    }

    private int ask(RawHttp raw, String path) throws IOException {
        raw.write(RawHttp.get(path));
        return raw.status();
    }

    private int connections() {
        return (int) demo().site.metrics.get("monitor.http.connections").gauge().value();
    }

    private static void until(BooleanSupplier isSo, String what) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isSo.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline).as(what).isNegative();
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    /** Sends a byte now and then until the server has closed. */
    private static void dripUntilCut(RawHttp raw) {
        until(
                () -> {
                    try {
                        raw.write("x");
                        return false;
                    } catch (IOException cut) {
                        return true;
                    }
                },
                "cut, although bytes come");
    }

    @Test
    void aHeadSentByteByByteIsCutAtItsDeadline() throws Exception {
        serve(PLENTY, 10, 10, Duration.ofMillis(500));
        RawHttp slow = caller(2);
        slow.write("GET / HTTP/1.1\r\nX: ");

        dripUntilCut(slow);
        assertThat(ask(caller(3), "/health/live")).isEqualTo(200);
    }

    @Test
    void soIsTheSecondHeadOfAConnection() throws Exception {
        serve(PLENTY, 10, 10, Duration.ofMillis(500));
        RawHttp slow = caller(2);
        assertThat(ask(slow, "/health/live")).isEqualTo(200);
        slow.write("GET / HTTP/1.1\r\nX: ");

        dripUntilCut(slow);
    }

    @Test
    void aBodySentByteByByteIsCutAtItsDeadline() throws Exception {
        serve(PLENTY, 10, 10, Duration.ofMillis(500));
        RawHttp slow = caller(2);
        slow.write("POST /system/dead-letters HTTP/1.1\r\nHost: m\r\nContent-Length: 1000\r\n\r\n");

        dripUntilCut(slow);
    }

    @Test
    void aBodyThatNobodyWantedIsCutToo() throws Exception {
        serve(PLENTY, 10, 10, Duration.ofMillis(500));
        RawHttp slow = caller(2);
        slow.write("POST /relays HTTP/1.1\r\nHost: m\r\nContent-Length: 1000\r\n\r\n");
        assertThat(slow.status()).isEqualTo(405);

        dripUntilCut(slow);
    }

    @Test
    void aConnectionOnWhichNothingIsAskedIsClosed() throws Exception {
        serve(PLENTY, 10, 10, Duration.ofMillis(500));

        assertThat(caller(2).rest()).isEmpty();
        RawHttp done = caller(2);
        assertThat(ask(done, "/health/live")).isEqualTo(200);
        assertThat(done.rest()).isEmpty();
        until(() -> connections() == 0, "all are forgotten");
    }

    @Test
    void aSlowReaderIsDroppedAndHoldsNoMoreThanAFewAnswers() throws Exception {
        serve(PLENTY, 10, 10, Duration.ofMillis(500));
        RawHttp deaf = new RawHttp(demo(), 2, 4_096);
        opened.push(deaf);
        String many = RawHttp.get("/api/v1/relays?limit=200").repeat(300_000);
        // More than fits into the buffers between the two: who writes it is stuck until the connection is cut.
        Thread writer = new Thread(() -> {
            try {
                deaf.write(many);
            } catch (IOException cut) {
                // As it has to be.
            }
        });
        writer.start();
        until(() -> demo().site.views.lists.get() > 0, "it is answered");
        until(() -> connections() == 0, "the slow reader is dropped");
        writer.join(PATIENCE.toMillis());

        assertThat(writer.isAlive()).as("still connected").isFalse();
        assertThat(demo().site.views.lists.get()).isLessThan(5_000);
        assertThat(ask(caller(3), "/health/live")).isEqualTo(200);
    }

    @Test
    void aThousandIdleConnectionsKeepNobodyOut() throws Exception {
        serve(PLENTY, 2_000, 100, Duration.ofSeconds(3));
        for (int i = 0; i < 1_000; i++) {
            caller(2 + i / 100);
        }
        until(() -> connections() == 1_000, "all are open");

        assertThat(ask(caller(20), "/relays")).isEqualTo(200);
        until(() -> connections() == 0, "idle ones are closed");
    }

    @Test
    void oneSiteHasOnlySoManyConnections() throws Exception {
        serve(PLENTY, 100, 10, Duration.ofSeconds(30));
        for (int i = 0; i < 10; i++) {
            assertThat(ask(caller(2), "/health/live")).isEqualTo(200);
        }
        RawHttp eleventh = caller(2);

        assertThat(eleventh.head()).isEmpty();
        assertThat(ask(caller(3), "/health/live")).isEqualTo(200);
    }

    @Test
    void whenAllConnectionsAreTakenTheOneThatIsIdleTheLongestMakesRoom() throws Exception {
        serve(PLENTY, 10, 10, Duration.ofSeconds(30));
        RawHttp first = caller(2);
        RawHttp second = caller(2);
        until(() -> connections() == 2, "the first two are open");
        for (int i = 0; i < 8; i++) {
            caller(3);
        }
        until(() -> connections() == 10, "all are taken");
        assertThat(ask(first, "/health/live")).isEqualTo(200);

        assertThat(ask(caller(4), "/health/live")).isEqualTo(200);
        assertThat(second.head()).isEmpty();
        assertThat(ask(first, "/health/live")).isEqualTo(200);
        assertThat(connections()).isEqualTo(10);
    }

    @Test
    void whoAsksTooOftenIsToldToWaitAndNobodyElseIs() throws Exception {
        serve(0.1, 100, 100, Duration.ofSeconds(30));
        RawHttp busy = caller(2);
        assertThat(ask(busy, "/relays")).isEqualTo(200);

        busy.write(RawHttp.get("/api/v1/overview"));
        String head = busy.head();
        String body = busy.body(head);
        assertThat(head).startsWith("HTTP/1.1 429");
        assertThat(RawHttp.header(head, "retry-after")).isIn("9", "10");
        assertThat(RawHttp.header(head, "content-type")).startsWith("application/problem+json");
        assertThat(new JsonObject(body).getInteger("status")).isEqualTo(429);
        assertThat(ask(caller(2), "/")).isEqualTo(429);
        assertThat(ask(busy, "/health/../relays")).isEqualTo(429);
        for (String health : List.of("/health/live", "/health/ready", "/health/started")) {
            assertThat(ask(busy, health)).isEqualTo(200);
        }
        assertThat(ask(caller(3), "/relays")).isEqualTo(200);
    }

    @Test
    void thisMachineIsNotLimited() throws Exception {
        opened.push(new DemoClient(DemoData.relays()));
        RawHttp busy = caller(1);
        for (int i = 0; i < 200; i++) {
            assertThat(ask(busy, "/api/v1/nothing")).isEqualTo(404);
        }
    }
}
