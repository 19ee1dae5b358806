package org.nostrmonitor.relayserver;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client that writes whatever bytes it likes over a WebSocket, from any address of loopback. */
final class RawClient implements AutoCloseable {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    /** The headers of a request for a WebSocket (RFC 6455 §4.1). */
    static final String UPGRADE = String.join(
            "\r\n",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "");

    private static final int PATIENCE_MS = 20_000;

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final String head;

    /** @param last where it calls from: 127.0.0.{@code last} */
    RawClient(int port, int last) throws IOException {
        this(port, last, 0, UPGRADE);
    }

    /** @param window how much it takes before it reads, in bytes; 0 for the usual */
    RawClient(int port, int last, int window, String headers) throws IOException {
        if (window > 0) {
            socket.setReceiveBufferSize(window);
        }
        socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last}), 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MS);
        socket.setSoTimeout(PATIENCE_MS);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        write(("GET / HTTP/1.1\r\nHost: relay\r\n" + headers + "\r\n").getBytes(StandardCharsets.US_ASCII));
        head = readHead();
    }

    private String readHead() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            for (int b = in.read(); b >= 0; b = in.read()) {
                bytes.write(b);
                if (bytes.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
                    break;
                }
            }
        } catch (SocketException reset) {
            // What came before it counts.
        }
        return bytes.toString(StandardCharsets.US_ASCII);
    }

    /** Of the answer to the upgrade; 0 if there was none. */
    int status() {
        return head.isEmpty() ? 0 : Integer.parseInt(head.substring(9, 12));
    }

    RawClient say(String text) throws IOException {
        return frame(TEXT, true, text.getBytes(StandardCharsets.UTF_8));
    }

    RawClient frame(int opcode, boolean fin, byte[] payload) throws IOException {
        write(bytes(opcode, fin, payload));
        return this;
    }

    /** Masked with zeros, which leaves the payload as it is (RFC 6455 §5.3). */
    static byte[] bytes(int opcode, boolean fin, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write((fin ? 0x80 : 0) | opcode);
        if (payload.length < 126) {
            frame.write(0x80 | payload.length);
        } else if (payload.length < 65_536) {
            frame.write(0x80 | 126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        } else {
            frame.write(0x80 | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                frame.write((int) ((long) payload.length >> shift));
            }
        }
        frame.writeBytes(new byte[4]);
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** The next text message, or {@code close 1001}, or {@code cut}. Pings are answered. */
    String hear() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            while (true) {
                int first = in.readUnsignedByte();
                byte[] payload = in.readNBytes(length());
                switch (first & 15) {
                    case CLOSE -> {
                        return "close " + (((payload[0] & 255) << 8) | (payload[1] & 255));
                    }
                    case PING -> frame(PONG, true, payload);
                    case PONG -> {}
                    default -> {
                        text.writeBytes(payload);
                        if ((first & 0x80) != 0) {
                            return text.toString(StandardCharsets.UTF_8);
                        }
                    }
                }
            }
        } catch (EOFException | SocketException gone) {
            return "cut";
        }
    }

    private int length() throws IOException {
        int length = in.readUnsignedByte();
        return length < 126 ? length : length == 126 ? in.readUnsignedShort() : (int) in.readLong();
    }

    /** All up to and with the first message that begins so, or the end of the connection. */
    List<String> hearTo(String beginning) throws IOException {
        List<String> heard = new ArrayList<>();
        do {
            heard.add(hear());
        } while (!heard.get(heard.size() - 1).startsWith(beginning) && !isEnd(heard.get(heard.size() - 1)));
        return heard;
    }

    /** How the connection ends, whatever comes before. */
    String end() throws IOException {
        String heard = hear();
        while (!isEnd(heard)) {
            heard = hear();
        }
        return heard;
    }

    private static boolean isEnd(String heard) {
        return heard.equals("cut") || heard.startsWith("close");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
