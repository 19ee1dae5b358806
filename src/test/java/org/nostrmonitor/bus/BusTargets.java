package org.nostrmonitor.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.nostrmonitor.bus.Messages.CheckCompleted;
import org.nostrmonitor.bus.Messages.CheckRequested;
import org.nostrmonitor.bus.Messages.Ticket;
import org.nostrmonitor.fuzz.Target;

/** What another node says on the bus. */
public final class BusTargets {
    private static final Instant CYCLE = Instant.parse("2026-11-22T12:00:00Z");

    private BusTargets() {}

    public static List<Target> all() {
        return List.of(
                of(CheckCompleted.class, new CheckCompleted("wss://a.example/", "eu", CYCLE, "online", true)),
                of(CheckRequested.class, new CheckRequested(true, List.of(new Ticket("eu", CYCLE)))));
    }

    private static <T extends Record> Target of(Class<T> type, T good) {
        JsonCodec<T> codec = new JsonCodec<>(type);
        Buffer written = Buffer.buffer();
        codec.encodeToWire(written, good);
        String json = written.getString(Integer.BYTES, written.length());
        return Target.ofText(
                "bus " + type.getSimpleName(),
                List.of(json),
                text -> {
                    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                    T read = codec.decodeFromWire(
                            0, Buffer.buffer().appendInt(bytes.length).appendBytes(bytes));
                    T again = again(codec, read);
                    assertThat(again(codec, again)).isEqualTo(again);
                },
                IllegalArgumentException.class);
    }

    /** UTF-8 has no halves of surrogate pairs: the first time, they are replaced. */
    private static <T extends Record> T again(JsonCodec<T> codec, T value) {
        Buffer written = Buffer.buffer();
        codec.encodeToWire(written, value);
        return codec.decodeFromWire(0, written);
    }
}
