package org.nostrmonitor.relayserver;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Puts the frames of one client together to text messages (RFC 6455 §5.4), with a bound on bytes and on frames. */
final class Inbox {
    private static final int BYTES_OF_A_TOKEN = 4096;

    /** What is to be done about what came. */
    interface Reader {
        /** @param allowed whether it came within what the client may say */
        void text(String text, boolean allowed);

        void pong(Buffer payload);

        /** @param code of RFC 6455 §7.4.1 */
        void end(int code, String why);
    }

    private final RelayLimits limits;
    private final Allowance allowance;
    private final Reader reader;
    private Buffer message = Buffer.buffer();
    private boolean over;

    Inbox(RelayLimits limits, Allowance allowance, Reader reader) {
        this.limits = limits;
        this.allowance = allowance;
        this.reader = reader;
    }

    void take(WebSocketFrame frame) {
        if (over) {
            return;
        }
        switch (frame.type()) {
            case TEXT, CONTINUATION -> part(frame);
            case BINARY -> end(1003, "only text is understood");
            case PING -> control(payload -> {}, frame);
            case PONG -> control(reader::pong, frame);
            default -> over = true;
        }
    }

    private void control(Consumer<Buffer> use, WebSocketFrame frame) {
        if (allowance.take(1)) {
            use.accept(frame.binaryData());
        } else {
            countStrikes();
        }
    }

    private void part(WebSocketFrame frame) {
        message.appendBuffer(frame.binaryData());
        if (message.length() > limits.messageBytes()) {
            end(1009, "a message is longer than " + limits.messageBytes() + " bytes");
        } else if (frame.isFinal()) {
            whole();
        } else if (!allowance.take(1)) {
            countStrikes();
        }
    }

    private void whole() {
        Buffer bytes = message;
        message = Buffer.buffer();
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            end(1007, "this is not UTF-8");
            return;
        }
        boolean allowed = allowance.take(1 + bytes.length() / BYTES_OF_A_TOKEN);
        reader.text(text, allowed);
        if (!allowed) {
            countStrikes();
        }
    }

    private void countStrikes() {
        if (allowance.strikes() > limits.strikes()) {
            end(1008, "rate-limited: far too many messages");
        }
    }

    private void end(int code, String why) {
        if (!over) {
            over = true;
            message = Buffer.buffer();
            reader.end(code, why);
        }
    }
}
