package org.nostrmonitor.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.bus.Messages;
import org.nostrmonitor.bus.Messages.CheckCompleted;
import org.nostrmonitor.bus.Messages.CycleCompleted;

class LiveStreamTest {
    private static final Instant CYCLE = Instant.parse("2026-11-22T16:30:00Z");

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private DemoClient demo;

    @BeforeEach
    void serve() throws Exception {
        demo = new DemoClient(
                DemoData.relays(),
                null,
                new WebLimits(
                        1e6, List.of(), 100, 100, Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(2)));
    }

    @AfterEach
    void close() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
        demo.close();
    }

    /** One reader of the stream, by hand. */
    private final class Listener implements AutoCloseable {
        private final Socket socket = new Socket();
        private final BufferedReader in;
        final String status;

        Listener(String lastEventId, int window) throws IOException {
            this(lastEventId, window, "");
        }

        /** @param wishes the query, with its question mark */
        Listener(String lastEventId, int window, String wishes) throws IOException {
            if (window > 0) {
                socket.setReceiveBufferSize(window);
            }
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), demo.site.server.port()), 5_000);
            socket.setSoTimeout(20_000);
            String header = lastEventId.isEmpty() ? "" : "Last-Event-ID: " + lastEventId + "\r\n";
            socket.getOutputStream()
                    .write(("GET /api/v1/stream" + wishes + " HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n" + header
                                    + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            status = in.readLine();
            opened.push(this);
        }

        Event next() {
            String id = "";
            String type = "";
            try {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    if (line.startsWith("id: ")) {
                        id = line.substring(4);
                    } else if (line.startsWith("event: ")) {
                        type = line.substring(7);
                    } else if (line.startsWith("data: ")) {
                        return new Event(id, type, new JsonObject(line.substring(6)));
                    }
                }
                return new Event("", "end", new JsonObject());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Event next(String type) {
            Event event = next();
            while (!event.type.equals(type)) {
                assertThat(event.type).isNotEqualTo("end");
                event = next();
            }
            return event;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private record Event(String id, String type, JsonObject data) {}

    private void check(String url, String state) {
        demo.site.bus.publish(Messages.CHECK_COMPLETED, new CheckCompleted(url, "eu-west", CYCLE, state, true));
    }

    @Test
    void tellsWhatWasCheckedOnceARelayAndSecond() throws Exception {
        Listener listener = new Listener("", 0);
        assertThat(listener.status).contains(" 200 ");
        assertThat(listener.next().type).isEqualTo("hello");

        check("wss://a.example/", "offline");
        check("wss://b.example/", "online");
        check("wss://a.example/", "online");
        demo.site.bus.publish(Messages.CYCLE_COMPLETED, new CycleCompleted("eu-west", CYCLE, 2, CYCLE.plusSeconds(9)));

        JsonArray checks = listener.next("checks").data.getJsonArray("checks");
        while (checks.size() < 2) {
            checks.addAll(listener.next("checks").data.getJsonArray("checks"));
        }
        assertThat(checks.stream().map(check -> ((JsonObject) check).getString("url")))
                .contains("wss://a.example/", "wss://b.example/");
        assertThat(listener.next("cycle").data.getInteger("planned")).isEqualTo(2);
    }

    @Test
    void tellsWhatIsWantedOnly() throws Exception {
        Listener all = new Listener("", 0);
        Listener cycles = new Listener("", 0, "?only=cycle");
        Listener one = new Listener("", 0, "?only=checks&relay=wss%3A%2F%2Fb.example%2F");
        String start = all.next("hello").id;
        cycles.next("hello");
        one.next("hello");
        check("wss://a.example/", "offline");
        all.next("checks");
        check("wss://b.example/", "online");
        String second = all.next("checks").id;
        demo.site.bus.publish(Messages.CYCLE_COMPLETED, new CycleCompleted("eu-west", CYCLE, 2, CYCLE));

        assertThat(one.next().id).isEqualTo(second);
        assertThat(new Listener("", 0, "?relay=wss%253A%252F%252Fb.example%252F%252522").status)
                .contains(" 200 ");
        assertThat(new Listener(start, 0, "?only=checks&relay=wss%253A%252F%252Fb.example%252F").next().id)
                .isEqualTo(second);
        assertThat(cycles.next().type).isEqualTo("cycle");
        assertThat(new Listener(start, 0, "?only=cycle").next().type).isEqualTo("cycle");
        assertThat(new Listener("", 0, "?only=cycle,all").status).contains(" 400 ");
    }

    @Test
    void whoeverWasCutOffGoesOnWhereItWas() throws Exception {
        Listener first = new Listener("", 0);
        String before = first.next("hello").id;
        demo.site.bus.publish(Messages.CYCLE_COMPLETED, new CycleCompleted("eu-west", CYCLE, 1, CYCLE));
        demo.site.bus.publish(Messages.CYCLE_COMPLETED, new CycleCompleted("us-east", CYCLE, 2, CYCLE));
        String one = first.next("cycle").id;
        first.next("cycle");
        first.close();

        assertThat(new Listener(before, 0).next().data.getString("region")).isEqualTo("eu-west");
        assertThat(new Listener(one, 0).next().data.getString("region")).isEqualTo("us-east");
        assertThat(new Listener("other-1", 0).next().type).isEqualTo("reset");
        assertThat(new Listener(one.substring(0, 9) + "999", 0).next().type).isEqualTo("reset");
    }

    @Test
    void anAddressHasAFewStreamsOnly() throws Exception {
        for (int i = 0; i < LiveClients.MOST_OF_A_SITE; i++) {
            assertThat(new Listener("", 0).status).contains(" 200 ");
        }
        assertThat(new Listener("", 0).status).contains(" 429 ");
        opened.pop().close();
        opened.pop().close();
        String status = new Listener("", 0).status;
        for (int tries = 0; status.contains(" 429 ") && tries < 100; tries++) {
            LockSupport.parkNanos(20_000_000);
            status = new Listener("", 0).status;
        }
        assertThat(status).contains(" 200 ");
    }

    @Test
    void aStreamOutlivesTheTimeThatAnAnswerHas() throws Exception {
        Listener listener = new Listener("", 0);
        listener.next("hello");
        long until = System.nanoTime() + Duration.ofMillis(2_500).toNanos();
        int number = 0;
        while (System.nanoTime() < until) {
            check("wss://" + number++ + ".example/", "online");
            assertThat(listener.next().type).isIn("checks", "progress");
        }
        assertThat(number).isPositive();
    }

    @Test
    void whoNeverReadsIsCutOff() throws Exception {
        Listener lazy = new Listener("", 4_096);
        Listener reader = new Listener("", 0);
        reader.next("hello");
        String name = "x".repeat(900);
        int told = 0;
        while (demo.site.metrics.find("monitor.http.cut").tag("why", "stream").counter() == null) {
            for (int i = 0; i < 100; i++) {
                check("wss://" + told++ + ".example/" + name, "online");
            }
            demo.site.bus.publish(Messages.CYCLE_COMPLETED, new CycleCompleted("eu-west", CYCLE, told, CYCLE));
            while (reader.next("cycle").data.getInteger("planned") != told) {
                // Until all of it was told.
            }
            assertThat(told).isLessThan(100_000);
        }
        assertThat(lazy.status).contains(" 200 ");
    }

    @Test
    void streamsEndWithTheServer() throws Exception {
        Listener listener = new Listener("", 0);
        listener.next("hello");
        io.vertx.core.Future<Void> stopped = demo.site.server.stop();
        Event event = listener.next();
        while (!event.type.equals("end")) {
            event = listener.next();
        }
        org.nostrmonitor.testing.Await.await(stopped);
    }

    @Test
    void onlySoManyEventsAreKept() {
        LiveEvents events = new LiveEvents("run");
        for (int i = 0; i < LiveEvents.MOST_KEPT + 10; i++) {
            events.add("checks", Set.of(), "{}");
        }
        assertThat(events.after("run-9")).isNull();
        assertThat(events.after("run-10")).hasSize(LiveEvents.MOST_KEPT);
        assertThat(events.after(events.newest())).isEmpty();
        assertThat(events.after("run--1")).isNull();
        assertThat(events.after("run-99999999999999999999")).isNull();
        for (int i = 0; i < 30; i++) {
            events.add("checks", Set.of(), "x".repeat(100_000));
        }
        assertThat(events.after("run-510")).isNull();
    }
}
