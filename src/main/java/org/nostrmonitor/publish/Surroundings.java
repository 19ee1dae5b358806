package org.nostrmonitor.publish;

import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.nostrmonitor.link.Backoff;
import org.nostrmonitor.nostr.KeyRing;
import org.nostrmonitor.storage.Outbox;

/** What all targets of a publisher share. */
record Surroundings(Vertx vertx, Outbox outbox, KeyRing keys, InstantSource clock, Pace pace, RandomGenerator random) {
    Backoff backoff() {
        return new Backoff(pace.leastWait(), pace.mostWait(), random);
    }
}
