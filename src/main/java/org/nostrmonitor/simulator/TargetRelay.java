package org.nostrmonitor.simulator;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.relay.RelayUrl;

/**
 * A relay on loopback that takes every valid event and keeps up to 200,000 in memory as NIP-01 says: something to publish to.
 * Its events can be looked at from any thread.
 */
public final class TargetRelay {
    private final Vertx vertx;
    private final TargetSite site;
    private final RelayPort.Opened port;

    private TargetRelay(Vertx vertx, TargetSite site, RelayPort.Opened port) {
        this.vertx = vertx;
        this.site = site;
        this.port = port;
    }

    /**
     * Listens on 127.0.0.1.
     *
     * @param port 0 for any free one
     * @return completes when it listens; fails if the port is taken
     */
    public static Future<TargetRelay> start(Vertx vertx, int port, InstantSource clock) {
        TargetSite site = new TargetSite(new EventCheck(clock));
        return RelayPort.open(vertx, RelayPort.options(), port, 1, host -> site)
                .map(opened -> new TargetRelay(vertx, site, opened));
    }

    /** {@code ws://127.0.0.1:port/}: an address, since a publisher need not know that {@code *.localhost} is loopback. */
    public RelayUrl url() {
        return RelayUrl.of("ws://" + RelayPort.LOOPBACK + ":" + port.port() + "/");
    }

    /** All events that it keeps, newest first. */
    public List<NostrEvent> events() {
        return site.store().all();
    }

    /** How many events it keeps. */
    public int size() {
        return site.store().size();
    }

    /**
     * The event that it keeps of a replaceable or addressable kind.
     *
     * @param d the value of the {@code d} tag; empty for a kind that has none
     */
    public Optional<NostrEvent> latest(int kind, String pubkey, String d) {
        return site.store().latest(kind, pubkey, d);
    }

    /**
     * Waits for an event.
     *
     * @return completes with one that it keeps, or with the next that arrives; fails after {@code patience}
     */
    public Future<NostrEvent> await(Predicate<NostrEvent> wanted, Duration patience) {
        Promise<NostrEvent> found = Promise.promise();
        long timer =
                vertx.setTimer(patience.toMillis(), late -> found.tryFail("no such event arrived within " + patience));
        site.await(wanted, found);
        return found.future().onComplete(done -> vertx.cancelTimer(timer));
    }

    /** Closes the port and every connection. */
    public Future<Void> stop() {
        return port.close(vertx);
    }
}
