package org.nostrmonitor.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.History.Checks;
import org.nostrmonitor.storage.History.Phase;
import org.nostrmonitor.storage.History.Point;
import org.nostrmonitor.storage.History.Times;

/**
 * The history of a relay, as {@code openapi.yaml} describes it. It is written as it goes, without a tree of it: hundreds of points
 * have thousands of numbers. Still it takes some milliseconds, and is no work for an event loop.
 */
final class HistoryJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private static final int BYTES_OF_A_POINT = 160;
    private static final int BYTES_OF_A_PHASE = 64;

    /** Times of the past are true to 2.7 %: more digits would say more than is known. */
    private static final int DIGITS = 3;

    private static final double NANOS_PER_MILLI = 1e6;

    /** Encoded once: thousands are told. */
    private static final Map<Phase, SerializableString> NAMES = Stream.of(Phase.values())
            .collect(Collectors.toMap(
                    phase -> phase,
                    phase -> new SerializedString(phase.name().toLowerCase(Locale.ROOT)),
                    (one, other) -> one,
                    () -> new EnumMap<>(Phase.class)));

    private final JsonGenerator json;

    private HistoryJson(JsonGenerator json) {
        this.json = json;
    }

    /** @param points with the times that are told, and no others */
    static Buffer of(RelayUrl url, @Nullable String region, PastSpan span, List<Point> points) {
        int phases = points.isEmpty() ? 0 : points.get(0).times().size();
        ByteArrayOutputStream bytes =
                new ByteArrayOutputStream((points.size() + 2) * (BYTES_OF_A_POINT + phases * BYTES_OF_A_PHASE));
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            new HistoryJson(json).write(url, region, span, points);
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory can be written", e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    private void write(RelayUrl url, @Nullable String region, PastSpan span, List<Point> points) throws IOException {
        json.writeStartObject();
        json.writeStringField("resolution", span.label());
        json.writeStringField("from", span.from().toString());
        json.writeStringField("to", span.to().toString());
        json.writeStringField("url", url.value());
        json.writeStringField("region", region);
        json.writeArrayFieldStart("items");
        for (Point point : points) {
            write(point);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(Point point) throws IOException {
        json.writeStartObject();
        json.writeStringField("from", point.from().toString());
        json.writeNumberField("upSeconds", point.up().toSeconds());
        json.writeNumberField("knownSeconds", point.known().toSeconds());
        write(point.checks());
        json.writeObjectFieldStart("times");
        for (Map.Entry<Phase, Times> phase : point.times().entrySet()) {
            json.writeFieldName(NAMES.get(phase.getKey()));
            write(phase.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void write(Checks checks) throws IOException {
        json.writeObjectFieldStart("checks");
        json.writeNumberField("online", checks.online());
        json.writeNumberField("degraded", checks.degraded());
        json.writeNumberField("offline", checks.offline());
        json.writeNumberField("unknown", checks.unknown());
        json.writeEndObject();
    }

    private void write(Times times) throws IOException {
        json.writeStartObject();
        json.writeNumberField("count", times.count());
        json.writeNumberField("p50Ms", ms(times.p50()));
        json.writeNumberField("p95Ms", ms(times.p95()));
        json.writeNumberField("p99Ms", ms(times.p99()));
        json.writeEndObject();
    }

    private static double ms(Duration time) {
        double ms = time.toNanos() / NANOS_PER_MILLI;
        if (ms <= 0) {
            return 0;
        }
        int digits = (int) Math.floor(Math.log10(ms)) + 1;
        // Powers of ten are whole on either side, so that a quotient is the number that was meant.
        return digits < DIGITS
                ? Math.round(ms * Math.pow(10, DIGITS - digits)) / Math.pow(10, DIGITS - digits)
                : Math.round(ms / Math.pow(10, digits - DIGITS)) * Math.pow(10, digits - DIGITS);
    }
}
