package org.nostrmonitor.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.Family;
import org.nostrmonitor.storage.RelayViews;

class ExportTest {
    @Test
    void aFileHasEveryRelayThatMatches() throws Exception {
        try (DemoClient demo = new DemoClient(DemoData.relays())) {
            HttpResponse<String> csv = demo.get("/api/v1/export.csv?status=online");
            HttpResponse<String> ndjson = demo.get("/api/v1/export.ndjson?status=online&sort=open&dir=desc");

            assertThat(csv.headers().firstValue("content-type")).hasValue("text/csv; charset=utf-8; header=present");
            assertThat(csv.headers().firstValue("content-disposition")).hasValue("attachment; filename=\"relays.csv\"");
            assertThat(csv.body().lines()).hasSize(48);
            assertThat(csv.body()).startsWith(String.join(",", Export.COLUMNS) + "\r\n");
            List<JsonObject> objects =
                    ndjson.body().lines().map(JsonObject::new).toList();
            assertThat(objects)
                    .hasSize(47)
                    .allSatisfy(relay -> assertThat(relay.getString("state")).isEqualTo("online"));
            assertThat(objects.stream().map(relay -> relay.getDouble("openMs")).toList())
                    .isSortedAccordingTo((a, b) -> Double.compare(b, a));
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "=1+1;'=1+1",
                "+1;'+1",
                "-1;'-1",
                "@SUM(A1);'@SUM(A1)",
                "a=1;a=1",
                "say \"hi\", you;\"say \"\"hi\"\", you\"",
            },
            delimiter = ';')
    void noCellIsAFormula(String said, String cell) {
        assertThat(Export.cell(said)).isEqualTo(cell);
    }

    @Test
    void tabsAndLinesBeginNoFormulaAndNoLine() {
        assertThat(Export.cell("  =1")).isEqualTo("'  =1");
        assertThat(Export.cell("\t=1")).isEqualTo("\"'\t=1\"");
        assertThat(Export.cell("\r\n=1")).isEqualTo("\"'\r\n=1\"");
        assertThat(Export.cell(new JsonArray().add("-x").add("y"))).isEqualTo("'-x y");
        assertThat(Export.cell(-1.5)).isEqualTo("-1.5");
        assertThat(Export.cell(null)).isEmpty();
    }

    /** A list without an end, as far as the reader can tell. */
    private static final class Endless implements RelayViews {
        final AtomicInteger pages = new AtomicInteger();
        final CountDownLatch many = new CountDownLatch(20);
        private final RelayViews said = new SaidByRelays("x".repeat(2_000));

        @Override
        public Future<Page> part(Query query) {
            pages.incrementAndGet();
            many.countDown();
            // As from a database: not at once.
            Promise<Page> later = Promise.promise();
            Vertx.currentContext()
                    .runOnContext(now -> said.relays(query)
                            .map(page -> new Page(page.items(), 2, "more"))
                            .onComplete(later));
            return later.future();
        }

        @Override
        public Future<Overview> overview() {
            return said.overview();
        }

        @Override
        public Future<Page> relays(Query query) {
            return said.relays(query);
        }

        @Override
        public Future<@Nullable Detail> relay(RelayUrl url) {
            return said.relay(url);
        }

        @Override
        public Future<Family> family(RelayUrl url) {
            return said.family(url);
        }

        @Override
        public Future<List<Result>> results(RelayUrl url, @Nullable String region, @Nullable Instant before, int most) {
            return said.results(url, region, before, most);
        }
    }

    private static Socket ask(DemoClient demo) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), demo.site.server.port());
        socket.setSoTimeout(10_000);
        socket.getOutputStream()
                .write("GET /api/v1/export.ndjson HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void nothingMoreIsReadForWhoIsGoneOrDoesNotRead() throws Exception {
        try (DemoClient demo = new DemoClient(List.of())) {
            Endless endless = new Endless();
            demo.site.views.instead = endless;
            try (Socket gone = ask(demo)) {
                InputStream in = gone.getInputStream();
                while (!endless.many.await(0, TimeUnit.SECONDS)) {
                    assertThat(in.read(new byte[65_536])).isPositive();
                }
            }
            // The places of those who are gone are free again: as many as may be can begin anew.
            int begun = 0;
            while (begun < Exports.MOST) {
                try (Socket next = ask(demo)) {
                    byte[] head = next.getInputStream().readNBytes(12);
                    begun += new String(head, StandardCharsets.US_ASCII).endsWith(" 200") ? 1 : 0;
                }
            }
            Socket[] lazy = new Socket[Exports.MOST];
            int taken = 0;
            while (taken < lazy.length) {
                Socket next = ask(demo);
                byte[] head = next.getInputStream().readNBytes(12);
                if (new String(head, StandardCharsets.US_ASCII).endsWith(" 200")) {
                    lazy[taken++] = next;
                } else {
                    next.close();
                }
            }
            assertThat(demo.get("/api/v1/export.csv").statusCode()).isEqualTo(429);
            for (Socket socket : lazy) {
                socket.close();
            }
        }
    }
}
