package org.nostrmonitor.soak;

import static org.nostrmonitor.testing.Await.await;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import java.util.Map;
import java.util.TreeMap;

/** Hostile relays on loopback: a port for each kind of mischief, shared by all of that kind. */
final class HostileRelays {
    private final Map<String, String> truths = new TreeMap<>();

    /** @param relays how many; each kind is among them if there are more than a few */
    static HostileRelays listen(Vertx vertx, int relays) {
        HostileRelays hostile = new HostileRelays();
        Mischief[] kinds = Mischief.values();
        for (int kind = 0; kind < kinds.length; kind++) {
            Mischief mischief = kinds[kind];
            NetServer server = await(vertx.createNetServer()
                    .connectHandler(socket -> mischief.begin(vertx, socket))
                    .listen(0, "127.0.0.1"));
            for (int i = kind; i < relays; i += kinds.length) {
                hostile.truths.put(mischief.url(i / kinds.length + 1, server.actualPort()), mischief.truth());
            }
        }
        return hostile;
    }

    /** What must be said of each, by URL. */
    Map<String, String> truths() {
        return truths;
    }
}
