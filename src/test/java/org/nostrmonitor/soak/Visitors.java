package org.nostrmonitor.soak;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.nostrmonitor.testing.Api;

/** People who look at the pages, and others who open connections and send half a request. */
final class Visitors implements AutoCloseable {
    private static final List<String> PAGES = List.of("/", "/relays", "/relays?q=e&sort=open", "/system", "/metrics");
    private static final int HALF_REQUESTS = 20;
    private static final int MOST_OPEN = 200;

    private final Api api;
    private final InetSocketAddress address;
    private final Deque<Socket> halves = new ArrayDeque<>();

    /** @param base {@code http://127.0.0.1:port} */
    Visitors(Api api, String base) {
        this.api = api;
        this.address = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), URI.create(base).getPort());
    }

    void come() throws IOException {
        for (String page : PAGES) {
            int status = api.get(page).statusCode();
            if (status != 200) {
                throw new AssertionError(page + " answered " + status);
            }
        }
        for (int i = 0; i < HALF_REQUESTS; i++) {
            Socket half = new Socket();
            half.connect(address, 5_000);
            half.getOutputStream().write("GET / HTTP/1.1\r\nHost: ".getBytes(StandardCharsets.US_ASCII));
            halves.add(half);
        }
        while (halves.size() > MOST_OPEN) {
            halves.remove().close();
        }
    }

    @Override
    public void close() throws IOException {
        for (Socket half : halves) {
            half.close();
        }
    }
}
