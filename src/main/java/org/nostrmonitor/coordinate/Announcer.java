package org.nostrmonitor.coordinate;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.keys.NodeKeys;
import org.nostrmonitor.keys.Voice;
import org.nostrmonitor.nip66.Deletion;
import org.nostrmonitor.nip66.MonitorAnnouncement;
import org.nostrmonitor.nip66.RelayList;
import org.nostrmonitor.nostr.EventSigner;
import org.nostrmonitor.nostr.EventTemplate;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.Outbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says who this monitor is and what it does, when that changes, and daily; with each key that speaks for a monitor. With a key
 * that is retired it says once where it has moved. Without publish relays all is signed and stored all the same, so that it can
 * be shown.
 */
public final class Announcer {
    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);
    /** A little less than a day, so that a daily run that comes some seconds early does not leave the day out. */
    private static final Duration ANEW_AFTER = Duration.ofHours(24).minusMinutes(15);

    private static final long STORAGE_TIMEOUT_S = 30;
    private static final String MOVED = "this monitor signs with another key now";

    private final Outbox outbox;
    private final NodeKeys keys;
    private final Presentation presentation;
    private final InstantSource clock;

    /** @param presentation what is said of itself */
    public Announcer(Outbox outbox, NodeKeys keys, Presentation presentation, InstantSource clock) {
        this.outbox = outbox;
        this.keys = keys;
        this.presentation = presentation;
        this.clock = clock;
    }

    /**
     * Stores what is new or a day old, pending for the publish relays. When these changed, all of it, since a new one has
     * none of it. Completes with the kinds that were stored, key by key; fails if PostgreSQL does.
     */
    public Future<List<Integer>> announce() {
        Future<List<Integer>> kinds = Future.succeededFuture(List.of());
        for (Voice voice : keys.voices()) {
            kinds = then(kinds, () -> speak(voice.signer(), presentation.of(voice, clock.instant()), ANEW_AFTER));
        }
        for (EventSigner old : keys.retired()) {
            kinds = then(kinds, () -> takeLeave(old));
        }
        return kinds;
    }

    private static Future<List<Integer>> then(Future<List<Integer>> before, Supplier<Future<List<Integer>>> next) {
        return before.compose(kinds -> next.get()
                .map(more -> Stream.concat(kinds.stream(), more.stream()).toList()));
    }

    /** @param anewAfter when to say the same again, or null never to */
    private Future<List<Integer>> speak(EventSigner signer, List<EventTemplate> wanted, @Nullable Duration anewAfter) {
        return stored(signer)
                .map(stored -> due(signer, stored, wanted, anewAfter))
                .compose(events -> store(signer, events));
    }

    private Future<List<NostrEvent>> stored(EventSigner signer) {
        return outbox.announcements(signer.publicKey()).timeout(STORAGE_TIMEOUT_S, TimeUnit.SECONDS);
    }

    /** The profile points at the new key, and nobody is told any more that this one will go on (NIP-66). */
    private Future<List<Integer>> takeLeave(EventSigner old) {
        return stored(old).compose(stored -> {
            boolean gone = stored.stream().anyMatch(Announcer::retractsMonitor)
                    && stored.stream().noneMatch(event -> event.kind() == MonitorAnnouncement.KIND);
            Future<List<Integer>> retracted = gone ? Future.succeededFuture(List.of()) : retract(old, stored);
            List<EventTemplate> farewell =
                    presentation.farewell(keys.voices().get(0).publicKey(), clock.instant());
            return then(retracted, () -> speak(old, farewell, null));
        });
    }

    private Future<List<Integer>> retract(EventSigner old, List<NostrEvent> stored) {
        EventTemplate deletion = Deletion.ofMonitor(old.publicKey(), MOVED, clock.instant());
        long least = stored.stream()
                .filter(event -> event.kind() == MonitorAnnouncement.KIND)
                .mapToLong(NostrEvent::createdAt)
                .max()
                .orElse(0);
        return outbox.retract(old.sign(deletion.notBefore(least)), presentation.targets())
                .timeout(STORAGE_TIMEOUT_S, TimeUnit.SECONDS)
                .map(isNew -> isNew ? List.of(Deletion.KIND) : List.of());
    }

    private static boolean retractsMonitor(NostrEvent event) {
        return event.kind() == Deletion.KIND
                && event.tag("k").map(MonitorAnnouncement.KIND_TEXT::equals).orElse(false);
    }

    private List<NostrEvent> due(
            EventSigner signer, List<NostrEvent> stored, List<EventTemplate> wanted, @Nullable Duration anewAfter) {
        Instant now = clock.instant();
        boolean relaysChanged = wanted.stream()
                .filter(template -> template.kind() == RelayList.KIND)
                .anyMatch(template -> before(stored, template)
                        .map(old -> differs(old, template))
                        .orElse(true));
        return wanted.stream()
                .filter(template -> relaysChanged || isDue(before(stored, template), template, anewAfter, now))
                .map(template -> signer.sign(template.notBefore(laterThan(stored, template))))
                .toList();
    }

    /**
     * Replaceable events: the newer second wins, so it rises even if the clock does not (NIP-01). A key that was retired and is
     * in use again says so after what took it back (NIP-09).
     */
    private static long laterThan(List<NostrEvent> stored, EventTemplate template) {
        return stored.stream()
                .filter(event -> event.kind() == template.kind()
                        || (template.kind() == MonitorAnnouncement.KIND && retractsMonitor(event)))
                .mapToLong(event -> event.createdAt() + 1)
                .max()
                .orElse(0);
    }

    private static Optional<NostrEvent> before(List<NostrEvent> stored, EventTemplate template) {
        return stored.stream().filter(event -> event.kind() == template.kind()).findFirst();
    }

    private static boolean isDue(
            Optional<NostrEvent> before, EventTemplate template, @Nullable Duration anewAfter, Instant now) {
        return before.map(old -> differs(old, template) || isOld(old, anewAfter, now))
                .orElse(true);
    }

    private static boolean isOld(NostrEvent event, @Nullable Duration anewAfter, Instant now) {
        return anewAfter != null && now.getEpochSecond() - event.createdAt() >= anewAfter.toSeconds();
    }

    private static boolean differs(NostrEvent old, EventTemplate template) {
        return !old.tags().equals(template.tags()) || !old.content().equals(template.content());
    }

    private Future<List<Integer>> store(EventSigner signer, List<NostrEvent> events) {
        Future<List<Integer>> kinds = Future.succeededFuture(List.of());
        for (NostrEvent event : events) {
            kinds = then(
                    kinds,
                    () -> outbox.announce(event, presentation.targets())
                            .timeout(STORAGE_TIMEOUT_S, TimeUnit.SECONDS)
                            .map(stored -> stored ? List.of(event.kind()) : List.of()));
        }
        return kinds.onSuccess(stored -> log(signer, stored, presentation.targets()));
    }

    private static void log(EventSigner signer, List<Integer> kinds, List<RelayUrl> targets) {
        if (!kinds.isEmpty()) {
            LOG.info("announced kinds {} of {} for {} relays", kinds, signer.publicKey(), targets.size());
        }
    }
}
