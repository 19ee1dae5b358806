package org.nostrmonitor.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Asks a Redis on this machine whether it is ready, in its own protocol. Blocking. */
final class RedisPing {
    private static final int TIMEOUT_MS = 1_000;

    private RedisPing() {}

    /** False while it does not listen yet, or still reads its data. */
    static boolean answers(int port, String password) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(FreePort.loopback(), port), TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
            socket.getOutputStream().write(("AUTH " + password + "\r\nPING\r\n").getBytes(StandardCharsets.US_ASCII));
            byte[] expected = "+OK\r\n+PONG\r\n".getBytes(StandardCharsets.US_ASCII);
            byte[] answer = socket.getInputStream().readNBytes(expected.length);
            return Arrays.equals(answer, expected);
        } catch (IOException notYet) {
            return false;
        }
    }
}
