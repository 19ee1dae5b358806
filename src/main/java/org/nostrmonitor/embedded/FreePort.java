package org.nostrmonitor.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port of 127.0.0.1 that nobody listens on. A server comes back to its port after a crash, so the port is taken from below
 * the range that Linux gives to outgoing connections: a probe could else sit on it by then.
 */
final class FreePort {
    private static final int FIRST = 20_000;
    private static final int END = 32_768;
    private static final int TRIES = 50;
    private static final int ANY = 0;

    private FreePort() {}

    static int find() throws IOException {
        for (int tried = 0; tried < TRIES; tried++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (isFree(port)) {
                return port;
            }
        }
        try (ServerSocket socket = bound(ANY)) {
            return socket.getLocalPort();
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = bound(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static ServerSocket bound(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress(loopback(), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    static InetAddress loopback() throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }
}
