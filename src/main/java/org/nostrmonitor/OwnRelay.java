package org.nostrmonitor;

import io.vertx.core.Future;
import io.vertx.core.http.ServerWebSocket;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.http.RelayDoor;
import org.nostrmonitor.relayserver.RelayServer;

/** Our own relay behind the door that the web server knows: the two do not know one another. */
record OwnRelay(RelayServer server) implements RelayDoor {
    private static final String WHAT =
            "The events of a monitor of Nostr relays (NIP-66), to be read. Nothing can be published here.";

    /** @param about what the operator says of the monitor, or nothing */
    static String description(String about) {
        return about.isBlank() ? WHAT : about + "\n\n" + WHAT;
    }

    @Override
    public void open() {
        server.start();
    }

    @Override
    public String document() {
        return server.document();
    }

    @Override
    public boolean hasRoom(@Nullable String site) {
        return server.hasRoom(site);
    }

    @Override
    public void enter(ServerWebSocket socket, @Nullable String site, Runnable cut) {
        server.welcome(socket, site, cut);
    }

    @Override
    public int clients() {
        return server.clients();
    }

    @Override
    public Future<Void> close() {
        return server.stop();
    }
}
