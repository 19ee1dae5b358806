package org.nostrmonitor.probe;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Reads what a client says off a wire (RFC 6455 §5.2): text messages in one frame, masked, of less than 64 KiB; and its goodbye. */
final class ClientFrames implements Handler<Buffer> {
    private static final int TEXT = 0x81;
    private static final int CLOSE = 0x88;
    private static final int MASK = 4;

    private final Consumer<String> messages;
    private final Runnable onClose;
    private Buffer received = Buffer.buffer();

    ClientFrames(Consumer<String> messages, Runnable onClose) {
        this.messages = messages;
        this.onClose = onClose;
    }

    @Override
    public void handle(Buffer bytes) {
        received.appendBuffer(bytes);
        while (received.length() >= head() && received.length() >= head() + length()) {
            Buffer frame = received;
            int head = head();
            int end = head + length();
            received = received.getBuffer(end, received.length());
            if (frame.getUnsignedByte(0) == TEXT) {
                messages.accept(unmasked(frame, head, end));
            } else if (frame.getUnsignedByte(0) == CLOSE) {
                onClose.run();
            }
        }
    }

    private int head() {
        return received.length() < 2 ? 2 : (isLong() ? 4 : 2) + MASK;
    }

    private boolean isLong() {
        return (received.getUnsignedByte(1) & 0x7f) == 126;
    }

    private int length() {
        return isLong() ? received.getUnsignedShort(2) : received.getUnsignedByte(1) & 0x7f;
    }

    private static String unmasked(Buffer frame, int head, int end) {
        byte[] text = frame.getBytes(head, end);
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) (text[i] ^ frame.getByte(head - MASK + (i % MASK)));
        }
        return new String(text, StandardCharsets.UTF_8);
    }
}
