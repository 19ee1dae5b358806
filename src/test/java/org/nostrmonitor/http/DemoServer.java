package org.nostrmonitor.http;

import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;

/** Serves made-up data, to look at the pages: the port as argument, and "empty" for a monitor on its first day. */
public final class DemoServer {
    private DemoServer() {}

    public static void main(String[] args) {
        int port = args.length > 0 ? Integer.parseInt(args[0]) : 8080;
        boolean empty = args.length > 1 && args[1].equals("empty");
        Vertx vertx = Vertx.vertx();
        new DemoSite(vertx, empty ? List.of() : DemoData.relays(), InstantSource.system(), port)
                .server
                .start()
                .onFailure(failure -> {
                    throw new IllegalStateException(failure);
                });
    }
}
