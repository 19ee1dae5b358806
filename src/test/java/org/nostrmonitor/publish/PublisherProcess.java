package org.nostrmonitor.publish;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.nostrmonitor.bus.Bus;
import org.nostrmonitor.link.Dialler;
import org.nostrmonitor.nostr.EventSigner;
import org.nostrmonitor.nostr.KeyRing;
import org.nostrmonitor.nostr.SecretKey;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.Database;
import org.nostrmonitor.storage.PgOutbox;

/** A publisher as a process of its own, to be killed. */
public final class PublisherProcess {
    private PublisherProcess() {}

    /** The URI of its database, and its target. Says "ready" on stdout. */
    public static void main(String[] arguments) {
        Vertx vertx = Vertx.vertx();
        Surroundings around = new Surroundings(
                vertx,
                new PgOutbox(Database.connect(vertx, arguments[0], 2)),
                KeyRing.of(EventSigner.of(SecretKey.random())),
                InstantSource.system(),
                PublisherLab.PATIENT,
                new Random());
        new EventPublisher(
                        around,
                        List.of(RelayUrl.of(arguments[1])),
                        Bus.on(vertx),
                        new SimpleMeterRegistry(),
                        new Dialler(vertx, Map.of(), null, PublisherLab.PATIENT.link()))
                .start();
        System.out.println("ready");
    }
}
