package org.nostrmonitor.http;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Serves made-up data, to look at the pages: the port as argument; "empty" for a monitor on its first day, "trouble", or "stale";
 * and the file of an admin token.
 */
public final class DemoServer {
    private DemoServer() {}

    public static void main(String[] args) {
        int port = args.length > 0 ? Integer.parseInt(args[0]) : 8080;
        String mood = args.length > 1 ? args[1] : "well";
        Path token = args.length > 2 ? Path.of(args[2]) : null;
        List<DemoRelay> relays = mood.equals("empty") ? List.of() : DemoData.relays();
        DemoSite site = new DemoSite(Vertx.vertx(), relays, InstantSource.system(), port, token);
        if (mood.equals("stale")) {
            site.views.old = Duration.ofHours(3);
        }
        if (mood.equals("trouble")) {
            DemoTrouble.in(site, Instant.now());
        }
        site.server.start().onFailure(failure -> {
            throw new IllegalStateException(failure);
        });
    }
}
