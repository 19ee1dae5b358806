package org.nostrmonitor.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A caller who writes whatever bytes it likes, from any address of loopback. */
final class RawHttp implements AutoCloseable {
    private static final int PATIENCE_MS = 20_000;

    private final Socket socket = new Socket();

    /**
     * @param last where it calls from: 127.0.0.{@code last}
     * @param window how much it takes before it reads, in bytes; 0 for the usual
     */
    RawHttp(DemoClient demo, int last, int window) throws IOException {
        if (window > 0) {
            socket.setReceiveBufferSize(window);
        }
        socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last}), 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), demo.site.server.port()), PATIENCE_MS);
        socket.setSoTimeout(PATIENCE_MS);
    }

    /** All that comes for one request until the server closes. Who says no more before the answer begins is taken to have left. */
    static String talk(DemoClient demo, String request) throws IOException {
        try (RawHttp raw = new RawHttp(demo, 1, 0)) {
            raw.write(request);
            String head = raw.head();
            if (!head.isEmpty()) {
                raw.socket.shutdownOutput();
            }
            return head + raw.rest();
        }
    }

    static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: monitor\r\n\r\n";
    }

    void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** The status of the next answer; its body is read, not returned. 0 if the connection is closed instead. */
    int status() throws IOException {
        String head = head();
        if (head.isEmpty()) {
            return 0;
        }
        body(head);
        return Integer.parseInt(head.substring(9, 12));
    }

    /** What follows that head. */
    String body(String head) throws IOException {
        int length = Integer.parseInt(header(head, "content-length"));
        return new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
    }

    /** Up to the empty line; empty if the connection is closed. */
    String head() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        try {
            for (int b = in.read(); b >= 0; b = in.read()) {
                bytes.write(b);
                if (bytes.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                    break;
                }
            }
        } catch (SocketException reset) {
            return "";
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    static String header(String head, String name) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    /** Whatever comes until the server closes; a reset is an end too. */
    String rest() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(bytes);
        } catch (SocketException reset) {
            // What came before it counts.
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
