package org.nostrmonitor.discover;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nostrmonitor.discover.Heard.Note;
import org.nostrmonitor.nip66.AnnouncementReader;
import org.nostrmonitor.nip66.DiscoveryReader;
import org.nostrmonitor.nip66.MonitorAnnouncement;
import org.nostrmonitor.nip66.Profile;
import org.nostrmonitor.nip66.RelayDiscovery;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.nostr.ProfileName;
import org.nostrmonitor.nostr.ProtocolException;
import org.nostrmonitor.nostr.RelayMessage;
import org.nostrmonitor.nostr.Signatures;
import org.nostrmonitor.storage.MonitorNotes;
import org.nostrmonitor.storage.MonitorNotes.Announced;
import org.nostrmonitor.storage.MonitorNotes.Named;

/**
 * Tells what can be believed to have been said from what cannot: parses, looks at kind, author and time, and verifies id and
 * signature. Takes milliseconds, so it is to be called off the event loop; by several threads if need be.
 */
final class Sieve {
    private static final Duration AHEAD = Duration.ofMinutes(10);
    private static final int MOST_TAGS = 2_000;
    /** Of all sources together: those that bring the same events bring them at about the same time. */
    private static final int REMEMBERED = 20_000;

    private final Set<String> ownKeys;
    private final InstantSource clock;
    private final DiscoveryFigures figures;
    private final Map<String, Boolean> verified = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** @param ownKeys who is not another monitor */
    Sieve(Set<String> ownKeys, InstantSource clock, DiscoveryFigures figures) {
        this.ownKeys = Set.copyOf(ownKeys);
        this.clock = clock;
        this.figures = figures;
    }

    /** In the same order, one for each. */
    List<Heard> screen(List<String> texts) {
        List<Heard> heard = new ArrayList<>(texts.size());
        texts.forEach(text -> heard.add(screen(text)));
        return heard;
    }

    private Heard screen(String text) {
        try {
            RelayMessage message = RelayMessage.parse(text);
            if (message instanceof RelayMessage.Event said) {
                return new Heard.Event(said.subscription(), said.event().createdAt(), note(said.event()));
            }
            if (message instanceof RelayMessage.Eose end) {
                return new Heard.End(end.subscription());
            }
            return message instanceof RelayMessage.Closed closed
                    ? new Heard.Closed(closed.subscription(), closed.message())
                    : new Heard.Other();
        } catch (ProtocolException e) {
            figures.heard(Verdict.UNREADABLE);
            return new Heard.Other();
        }
    }

    /** The cheap questions first: a signature takes longest. */
    private Optional<Note> note(NostrEvent event) {
        Verdict verdict = plausible(event);
        Optional<Note> note = isGood(verdict) ? read(event) : Optional.empty();
        if (isGood(verdict) && note.isEmpty()) {
            verdict = Verdict.NO_RELAY;
        } else if (note.isPresent() && isRemembered(event)) {
            verdict = Verdict.REPEATED;
        } else if (note.isPresent() && !Signatures.verify(event)) {
            verdict = Verdict.FORGED;
        }
        figures.heard(verdict);
        if (!isGood(verdict)) {
            return Optional.empty();
        }
        remember(event);
        return note;
    }

    private static boolean isGood(Verdict verdict) {
        return verdict == Verdict.SIGHTING || verdict == Verdict.ANNOUNCEMENT || verdict == Verdict.PROFILE;
    }

    /** A profile or an announcement may be years old and still be the last word; a sighting may not. */
    private Verdict plausible(NostrEvent event) {
        Instant now = clock.instant();
        if (ownKeys.contains(event.pubkey())) {
            return Verdict.OWN;
        }
        if (event.createdAt() > now.plus(AHEAD).getEpochSecond()) {
            return Verdict.FUTURE;
        }
        if (event.tags().size() > MOST_TAGS) {
            return Verdict.UNWANTED;
        }
        return switch (event.kind()) {
            case RelayDiscovery.KIND ->
                event.createdAt() < now.minus(MonitorNotes.KEPT).getEpochSecond() ? Verdict.OLD : Verdict.SIGHTING;
            case MonitorAnnouncement.KIND -> Verdict.ANNOUNCEMENT;
            case Profile.KIND -> Verdict.PROFILE;
            default -> Verdict.UNWANTED;
        };
    }

    private static Optional<Note> read(NostrEvent event) {
        Instant at = Instant.ofEpochSecond(event.createdAt());
        return switch (event.kind()) {
            case RelayDiscovery.KIND -> DiscoveryReader.read(event).map(Heard.Seen::new);
            case MonitorAnnouncement.KIND ->
                Optional.of(new Heard.Introduced(new Announced(
                        event.pubkey(),
                        at,
                        AnnouncementReader.frequency(event).orElse(null),
                        AnnouncementReader.geohash(event).orElse(null))));
            default ->
                Optional.of(new Heard.Called(new Named(
                        event.pubkey(), at, ProfileName.of(event.content()).orElse(null))));
        };
    }

    /** Only what was verified: who copies the id of a good event, and not the event, is not let through by it. */
    private boolean isRemembered(NostrEvent event) {
        synchronized (verified) {
            return verified.containsKey(event.id());
        }
    }

    private void remember(NostrEvent event) {
        synchronized (verified) {
            verified.put(event.id(), true);
        }
    }
}
