package org.nostrmonitor.http;

import io.vertx.core.Future;
import io.vertx.core.http.ServerWebSocket;
import org.jspecify.annotations.Nullable;

/** Who takes the WebSockets that are opened at {@code /}, and says there who that is (NIP-11). */
public interface RelayDoor {
    /** Called on the event loop of the server, before any socket comes. */
    void open();

    /** The NIP-11 document, JSON. */
    String document();

    /**
     * Whether one more may come in.
     *
     * @param site who calls, or null for one without limits
     */
    boolean hasRoom(@Nullable String site);

    /** @param cut closes the connection at once, whatever waits in it */
    void enter(ServerWebSocket socket, @Nullable String site, Runnable cut);

    /** How many are inside. */
    int clients();

    /** Completes within seconds, when everybody inside has been told to go. */
    Future<Void> close();
}
