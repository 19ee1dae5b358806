package org.nostrmonitor.storage;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Sighting;

/** What is kept of what other monitors say. Only the newest of each counts, so all of it may be said twice, by several nodes. */
public interface MonitorNotes {
    /** How long what a monitor said is kept. */
    Duration KEPT = Duration.ofDays(7);

    /** @param lastSeen {@code created_at} of its newest 30166; {@code announced} whether a 10166 of it is known */
    record Known(String pubkey, Instant lastSeen, boolean announced) {}

    /** Of kind 10166: what a monitor says of itself, and when. */
    record Announced(
            String pubkey,
            Instant at,
            @Nullable Duration frequency,
            @Nullable String geohash) {}

    /** Of kind 0: what a monitor calls itself, and when. */
    record Named(String pubkey, Instant at, @Nullable String name) {}

    /** The monitors that there are notes of. */
    Future<List<Known>> monitors();

    /** The keys that this monitor has announced itself with, on any node. */
    Future<Set<String>> ownKeys();

    /**
     * Keeps what is newer than what is known, of relays that are known here. Completes with how many it kept.
     *
     * @param sightings one at most for each monitor and relay
     */
    Future<Integer> store(List<Sighting> sightings);

    /** Keeps what is newer, of monitors that there are sightings of; one of each at most. */
    Future<Void> announce(List<Announced> announced);

    /** The same for names. */
    Future<Void> name(List<Named> named);

    /** Forgets all that these monitors said. */
    Future<Void> forget(Collection<String> pubkeys);

    /** All that was to be read until then is known. */
    Future<Void> readUntil(Instant until);

    /** Until when all is known that was to be read; null if nothing was ever read. */
    Future<@Nullable Instant> readUntil();

    /** Counts the relays of each monitor: half a second's work for half a million views. */
    Future<Void> count();
}
