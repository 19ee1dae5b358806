package org.nostrmonitor.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nostrmonitor.nostr.ClientMessage;
import org.nostrmonitor.nostr.EventJson;
import org.nostrmonitor.nostr.Nip11;
import org.nostrmonitor.nostr.RelayMessage;
import org.nostrmonitor.nostr.Signatures;
import org.nostrmonitor.wire.JobJson;
import org.nostrmonitor.wire.ReportJson;

/**
 * Twice the input takes less than three times as long: over the four doublings from 64 KiB to 1 MiB, less than 81 times. What
 * is quadratic takes 256 times. Measured in time of the processor, which others on the machine do not take away.
 */
class LinearTimeTest {
    private static final int SMALL = 64 << 10;
    private static final int LARGE = 1 << 20;
    private static final int MOST = 81;
    private static final int TAKES = 3;

    /** A time below is noise. */
    private static final long LEAST_NANOS = 200_000;

    /** The checks of what was read would take longer than the reading: where they can be left out, they are. */
    private static final Map<String, Target.Reader> READERS = readers();

    private static final String ZEROS = "0".repeat(64);
    private static final String EVENT = "{\"id\":\"" + ZEROS + "\",\"pubkey\":\"" + ZEROS + "\",\"sig\":\"" + ZEROS
            + ZEROS + "\",\"kind\":1,\"created_at\":1,\"tags\":%s,\"content\":\"%s\"}";

    private static Map<String, Target.Reader> readers() {
        Map<String, Target.Reader> readers = new HashMap<>();
        Targets.all().forEach(target -> readers.put(target.name(), target.reader()));
        readers.put("relay message", RelayMessage::parse);
        readers.put("event", json -> Signatures.verify(EventJson.parse(json)));
        readers.put("filter", ClientMessage::parse);
        readers.put("NIP-11 document", Nip11::parse);
        readers.put("job", json -> JobJson.read(new JsonObject(json)));
        readers.put("report", json -> ReportJson.read(new JsonObject(json)));
        return readers;
    }

    /** @param ofSize an input of about so many characters */
    record Growth(String target, String what, IntFunction<String> ofSize) {
        @Override
        public String toString() {
            return target + ": " + what;
        }
    }

    static List<Growth> growths() {
        return List.of(
                of("relay message", "a long text", size -> "[\"NOTICE\",\"" + "x".repeat(size) + "\"]"),
                of("relay message", "escapes", size -> "[\"NOTICE\",\"" + "\\n".repeat(size / 2) + "\"]"),
                of("relay message", "NULs", size -> "[\"NOTICE\",\"" + "\\u0000".repeat(size / 6) + "\"]"),
                of("relay message", "halves", size -> "[\"NOTICE\",\"" + "\\udc00".repeat(size / 6) + "\"]"),
                of("relay message", "keys", size -> "[\"COUNT\",\"s\"," + keys(size, i -> "k" + i) + "]"),
                of("relay message", "one key", size -> "[\"COUNT\",\"s\"," + keys(size, i -> "count") + "]"),
                of(
                        "relay message",
                        "colliding keys",
                        size -> "[\"COUNT\",\"s\"," + keys(size, LinearTimeTest::colliding) + "]"),
                of("relay message", "elements", size -> "[\"X\"" + ",0".repeat(size / 2) + "]"),
                of("relay message", "blanks", size -> " ".repeat(size) + "[\"EOSE\",\"s\"]"),
                of("relay message", "digits", size -> "[\"COUNT\",\"s\",{\"count\":" + "9".repeat(size) + "}]"),
                of("relay message", "nesting", size -> "[".repeat(size)),
                of("relay message", "an open string", size -> "[\"NOTICE\",\"" + "x".repeat(size)),
                of("event", "content", size -> EVENT.formatted("[]", "é".repeat(size))),
                of("event", "tags", size -> EVENT.formatted(list(size, "[\"t\",\"x\"]"), "")),
                of("event", "values of a tag", size -> EVENT.formatted("[" + list(size, "\"x\"") + "]", "")),
                of("filter", "ids", size -> "[\"REQ\",\"s\",{\"ids\":" + list(size, "\"" + ZEROS + "\"") + "}]"),
                of("filter", "values", size -> "[\"REQ\",\"s\",{\"#t\":" + list(size, "\"x\"") + "}]"),
                of("filter", "filters", size -> "[\"REQ\",\"s\"" + ",{}".repeat(size / 3) + "]"),
                of("NIP-11 document", "name", size -> "{\"name\":\"" + "x".repeat(size) + "\"}"),
                of("NIP-11 document", "tags", size -> "{\"tags\":" + list(size, "\"x\"") + "}"),
                of("NIP-11 document", "NIPs", size -> "{\"supported_nips\":" + numbers(size) + "}"),
                of("NIP-11 document", "kinds", size -> "{\"retention\":[{\"kinds\":" + numbers(size) + "}]}"),
                of("NIP-11 document", "rules", size -> "{\"retention\":" + list(size, "{\"kinds\":[1]}") + "}"),
                of("NIP-11 document", "colliding keys", size -> keys(size, LinearTimeTest::colliding)),
                of("job", "targets", size -> job(list(size, "\"wss://a.example/\""))),
                of("report", "limits", size -> "{\"facts\":{\"limits\":" + keys(size, i -> "k" + i) + "}}"),
                of("relay list", "one line", size -> "wss://a.example/" + "x".repeat(size)),
                of("relay list", "lines", size -> ("wss://a.example/" + "x".repeat(150) + "\n").repeat(size / 167)),
                of("relay list", "bad lines", size -> ("\u001b".repeat(150) + "\n").repeat(size / 151)),
                of("configuration file", "a key twice", size -> keys(size, i -> "region")),
                of("configuration file", "keys", size -> keys(size, i -> "k" + i)),
                of(
                        "configuration file",
                        "relays",
                        size -> "{\"publish\":{\"relays\":" + list(size, "\"wss://a.example\"") + "}}"),
                of("secret key", "a long text", size -> "nsec1" + "q".repeat(size)),
                of("SOCKS reply", "bytes", size -> "\u0005\u0000".repeat(size / 2)),
                of("frames", "messages", size -> ("\u0081~\u0008\u0000" + "x".repeat(2_048)).repeat(size / 2_052)),
                of("frames", "small frames", size -> "\u0081\u0001x".repeat(size / 3)),
                of("document over HTTP", "headers", size -> "HTTP/1.1 200 OK\r\n" + "a: b\r\n".repeat(size / 6)),
                of(
                        "document over HTTP",
                        "chunks",
                        size -> "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + "1\r\nx\r\n".repeat(size / 6)),
                of("redirect", "a long path", size -> "https://a.example/" + "../".repeat(size / 3)));
    }

    private static Growth of(String target, String what, IntFunction<String> ofSize) {
        return new Growth(target, what, ofSize);
    }

    private static String list(int size, String item) {
        return "[" + item + ("," + item).repeat(size / (item.length() + 1)) + "]";
    }

    private static String numbers(int size) {
        return IntStream.range(0, size / 6)
                .mapToObj(i -> String.valueOf(i % 65_536))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String keys(int size, IntFunction<String> key) {
        int each = key.apply(0).length() + 5;
        return IntStream.range(0, size / each)
                .mapToObj(i -> "\"" + key.apply(i) + "\":0")
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** Texts of the same hash: {@code Aa} and {@code BB} have it. */
    private static String colliding(int number) {
        return IntStream.range(0, 16)
                .mapToObj(bit -> (number >> bit & 1) == 0 ? "Aa" : "BB")
                .collect(Collectors.joining());
    }

    private static String job(String targets) {
        return "{\"type\":\"relay_check_job\",\"timeoutsMs\":{\"open\":1},\"publishTo\":" + targets + "}";
    }

    @ParameterizedTest
    @MethodSource("growths")
    void takesTimeInProportionToItsInput(Growth growth) {
        Target.Reader reader = Objects.requireNonNull(READERS.get(growth.target()));
        String small = growth.ofSize().apply(SMALL);
        String large = growth.ofSize().apply(LARGE);
        warmUp(reader, small);

        long smallNanos = Math.max(LEAST_NANOS, best(reader, small));
        long largeNanos = best(reader, large);

        assertThat(largeNanos / smallNanos)
                .as("%d us for 64 KiB, %d us for 1 MiB", smallNanos / 1_000, largeNanos / 1_000)
                .isLessThan(MOST);
    }

    private static void warmUp(Target.Reader reader, String input) {
        for (int i = 0; i < TAKES; i++) {
            read(reader, input);
        }
    }

    private static long best(Target.Reader reader, String input) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < TAKES; i++) {
            long started = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            read(reader, input);
            best = Math.min(best, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - started);
        }
        return best;
    }

    /** Whether it is refused, and how, is the other tests' concern. */
    private static void read(Target.Reader reader, String input) {
        try {
            reader.read(input);
        } catch (Exception e) {
            assertThat(e).isNotNull();
        }
    }
}
