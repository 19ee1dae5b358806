package org.nostrmonitor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nostrmonitor.fuzz.Target;
import org.nostrmonitor.nostr.PlainText;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Stage;

/** What a probe reads off the wire, driven without a socket, and the records of a geographic file. */
public final class ProbeTargets {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final int MOST_PIECES = 400;
    private static final String UPGRADED =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n";
    private static final String TEXT = "\u0081\u000f[\"EOSE\",\"read\"]";
    private static final String FRAGMENTS = "\u0001\u0008[\"EOSE\",\u0089\u0002hi\u0080\u0007\"read\"]";
    private static final String MEDIUM = "\u0081~\u0001\u0000" + "[\"NOTICE\",\"" + "x".repeat(243) + "\"]";
    private static final String CLOSE = "\u0088\u0005\u0003\u00e8bye";
    private static final String PLACE = """
            {"country":{"iso_code":"DE"},"city":{"names":{"en":"Berlin"}},"location":{"latitude":52.5,"longitude":13.4,\
            "accuracy_radius":10},"autonomous_system_number":64496,"autonomous_system_organization":"Example",\
            "traits":{"is_anycast":false,"autonomous_system_number":64497}}""";

    private ProbeTargets() {}

    public static List<Target> all() {
        return List.of(
                Target.ofBytes(
                        "SOCKS reply",
                        List.of(
                                "\u0005\u0000\u0005\u0000\u0000\u0001\u0001\u0002\u0003\u0004\u0000P",
                                "\u0005\u0002\u0001\u0000\u0005\u0000\u0000\u0003\u0003abc\u0000P",
                                "\u0005\u0000\u0005\u00f1\u0000\u0001"),
                        ProbeTargets::socks,
                        Refused.class),
                Target.ofBytes(
                        "upgrade and frames",
                        List.of(
                                UPGRADED + TEXT + FRAGMENTS + MEDIUM + CLOSE,
                                "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + UPGRADED + MEDIUM,
                                "HTTP/1.1 429 Too Many Requests\r\nContent-Length: 2\r\n\r\nno"),
                        ProbeTargets::upgrade,
                        Refused.class),
                Target.ofBytes(
                        "frames",
                        List.of(TEXT + FRAGMENTS + MEDIUM + CLOSE, FRAGMENTS + "\u0082\u0001x" + TEXT),
                        frames -> upgrade(UPGRADED + frames),
                        Refused.class),
                Target.ofBytes(
                        "document over HTTP",
                        List.of(
                                "HTTP/1.1 200 OK\r\nContent-Type: application/nostr+json\r\nContent-Length: 12\r\n\r\n{\"name\":\"x\"}",
                                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n{\"name\"\r\n5\r\n:\"x\"}\r\n0\r\n\r\n",
                                "HTTP/1.1 301 Moved\r\nLocation: https://other.example/\r\nContent-Length: 0\r\n\r\n"),
                        ProbeTargets::get,
                        Refused.class),
                Target.ofText(
                        "redirect",
                        List.of("https://a.example/x", "/path?q", "//b.example:8443", "http://[::1]/"),
                        ProbeTargets::redirect),
                Target.ofText("geographic record", List.of(PLACE), ProbeTargets::place, DecodeException.class));
    }

    /** What was read is a fault: of the kind that a probe turns into an outcome. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1;
    }

    private static void socks(String bytes) throws Refused {
        Wired wired = new Wired();
        Future<Line> tunnel = Tunnel.through(wired.line, Deadline.in(LONG));
        play(wired, bytes);
        judge(tunnel);
    }

    private static void upgrade(String bytes) throws Refused {
        Wired wired = new Wired();
        Future<RelayConnection> upgrade = WebSocketUpgrade.of(wired.line, Deadline.in(LONG));
        String accept = RawServer.switching(wired.sent())
                .toString()
                .lines()
                .filter(line -> line.startsWith("Sec-WebSocket-Accept: "))
                .findFirst()
                .orElseThrow()
                .substring("Sec-WebSocket-Accept: ".length());
        play(wired, bytes.replace("{accept}", accept));
        judge(upgrade);
        RelayConnection connection = upgrade.result();
        assertThat(connection.isOver()).isTrue();
        assertKept(connection.unanswered(Stage.READ).detail());
    }

    private static void get(String bytes) throws Refused {
        Wired wired = new Wired();
        Future<HttpGet.Answer> get = HttpGet.of(wired.line, Deadline.in(LONG));
        play(wired, bytes);
        judge(get);
        assertThat(get.result().body().remaining()).isLessThanOrEqualTo(HttpGet.MAX_BODY);
    }

    /** In pieces of a size that follows from the bytes: a header may end anywhere. */
    private static void play(Wired wired, String bytes) {
        int[] sizes = {1, 2, 7, 64, 4_096};
        int size = sizes[Math.floorMod(bytes.hashCode(), sizes.length)];
        wired.receive(bytes, Math.max(size, bytes.length() / MOST_PIECES));
        wired.end();
    }

    private static void judge(Future<?> result) throws Refused {
        assertThat(result.isComplete()).as("told how it ended").isTrue();
        if (result.failed()) {
            assertThat(result.cause()).isInstanceOf(Fault.class);
            assertKept(((Fault) result.cause()).outcome().evidence());
            throw new Refused();
        }
    }

    private static void redirect(String location) {
        Optional<RelayUrl> next = Redirect.from(RelayUrl.of("wss://relay.example/x"), location);
        next.ifPresent(url -> assertThat(RelayUrl.of(url.value())).isEqualTo(url));
    }

    private static void place(String json) {
        GeoRecord record = new GeoRecord(withOddNumbers(new JsonObject(json).getMap()));
        Long asn = record.asn();
        assertThat(asn == null || (asn >= 1 && asn <= 0xffff_ffffL))
                .as("ASN " + asn)
                .isTrue();
        String geohash = record.geohash();
        assertThat(geohash == null || geohash.matches("[0-9b-hjkmnp-z]{1,5}"))
                .as("geohash " + geohash)
                .isTrue();
        assertKept(record.city() + record.asName() + record.country() + record.isAnycast());
    }

    /** JSON has no NaN; a MaxMind DB file may: "NaN" stands for it here. */
    private static Map<String, Object> withOddNumbers(Map<?, ?> fields) {
        Map<String, Object> odd = new HashMap<>();
        fields.forEach((key, value) -> odd.put(
                String.valueOf(key),
                value instanceof Map<?, ?> map
                        ? withOddNumbers(map)
                        : "NaN".equals(value) ? Double.valueOf(Double.NaN) : value));
        return odd;
    }

    private static void assertKept(String text) {
        assertThat(text).hasSizeLessThanOrEqualTo(700);
        assertThat(PlainText.isStorable(text)).isTrue();
    }
}
