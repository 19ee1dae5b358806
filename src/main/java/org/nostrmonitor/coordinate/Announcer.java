package org.nostrmonitor.coordinate;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.nostrmonitor.config.CronTicks;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.nip66.MonitorAnnouncement;
import org.nostrmonitor.nostr.EventSigner;
import org.nostrmonitor.nostr.EventTemplate;
import org.nostrmonitor.nostr.KeyRing;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.relay.CheckType;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.Outbox;
import org.nostrmonitor.storage.SharedSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says who this monitor is and what it does: kinds 10166, 0 and 10002 (NIP-66, NIP-01, NIP-65), when it changes, and daily.
 * Without publish relays they are signed and stored all the same, so that they can be shown.
 */
public final class Announcer {
    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);
    /** A little less than a day, so that a daily run that comes some seconds early does not leave the day out. */
    private static final Duration ANEW_AFTER = Duration.ofHours(24).minusMinutes(15);

    private static final long STORAGE_TIMEOUT_S = 30;

    private final Outbox outbox;
    private final EventSigner signer;
    private final SharedSettings.Shared settings;
    private final MonitorConfig.Monitor monitor;
    private final InstantSource clock;
    private final Duration cadence;

    /** @throws IllegalArgumentException if the settings hold no good cron expression */
    public Announcer(
            Outbox outbox,
            KeyRing keys,
            SharedSettings.Shared settings,
            MonitorConfig.Monitor monitor,
            InstantSource clock) {
        this.outbox = outbox;
        this.signer = keys.primary();
        this.settings = settings;
        this.monitor = monitor;
        this.clock = clock;
        this.cadence = new CronTicks(settings.schedule().cron()).cadence(clock.instant());
    }

    /**
     * Stores what is new or a day old, pending for the publish relays. When these changed, all of it, since a new one has
     * none of it. Completes with the kinds that were stored; fails if PostgreSQL does.
     */
    public Future<List<Integer>> announce() {
        return outbox.announcements(signer.publicKey())
                .timeout(STORAGE_TIMEOUT_S, TimeUnit.SECONDS)
                .map(this::due)
                .compose(this::store)
                .onSuccess(this::log);
    }

    private List<NostrEvent> due(List<NostrEvent> stored) {
        Instant now = clock.instant();
        List<EventTemplate> wanted = announcement().templates(now);
        boolean relaysChanged = wanted.stream()
                .filter(template -> template.kind() == MonitorAnnouncement.RELAY_LIST_KIND)
                .anyMatch(template -> before(stored, template)
                        .map(old -> differs(old, template))
                        .orElse(true));
        return wanted.stream()
                .filter(template -> relaysChanged || isDue(before(stored, template), template, now))
                .map(template -> sign(template, before(stored, template)))
                .toList();
    }

    private MonitorAnnouncement announcement() {
        Map<CheckType, Duration> timeouts = new EnumMap<>(CheckType.class);
        for (CheckType check : CheckType.values()) {
            MonitorConfig.Check set = settings.checks().of(check);
            if (set.enabled()) {
                timeouts.put(check, set.timeout());
            }
        }
        return new MonitorAnnouncement(
                cadence, timeouts, monitor.geohash(), monitor.name(), monitor.about(), targets());
    }

    private List<RelayUrl> targets() {
        return settings.publish().relays();
    }

    private static Optional<NostrEvent> before(List<NostrEvent> stored, EventTemplate template) {
        return stored.stream().filter(event -> event.kind() == template.kind()).findFirst();
    }

    private static boolean isDue(Optional<NostrEvent> before, EventTemplate template, Instant now) {
        return before.map(old ->
                        differs(old, template) || now.getEpochSecond() - old.createdAt() >= ANEW_AFTER.toSeconds())
                .orElse(true);
    }

    private static boolean differs(NostrEvent old, EventTemplate template) {
        return !old.tags().equals(template.tags()) || !old.content().equals(template.content());
    }

    /** Replaceable events: the newer second wins, so it rises even if the clock does not (NIP-01). */
    private NostrEvent sign(EventTemplate template, Optional<NostrEvent> before) {
        long least = before.map(old -> old.createdAt() + 1).orElse(0L);
        return signer.sign(new EventTemplate(
                Math.max(template.createdAt(), least), template.kind(), template.tags(), template.content()));
    }

    private Future<List<Integer>> store(List<NostrEvent> events) {
        Future<List<Integer>> kinds = Future.succeededFuture(List.of());
        for (NostrEvent event : events) {
            kinds = kinds.compose(before -> outbox.announce(event, targets())
                    .timeout(STORAGE_TIMEOUT_S, TimeUnit.SECONDS)
                    .map(stored -> stored ? plus(before, event.kind()) : before));
        }
        return kinds;
    }

    private static List<Integer> plus(List<Integer> kinds, int kind) {
        return Stream.concat(kinds.stream(), Stream.of(kind)).toList();
    }

    private void log(List<Integer> kinds) {
        if (!kinds.isEmpty()) {
            LOG.info("announced kinds {} for {} relays", kinds, targets().size());
        }
    }
}
