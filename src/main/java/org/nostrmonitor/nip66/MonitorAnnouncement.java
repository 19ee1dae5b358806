package org.nostrmonitor.nip66;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.EventTemplate;
import org.nostrmonitor.relay.CheckType;
import org.nostrmonitor.relay.RelayUrl;

/**
 * How the monitor presents itself (NIP-66): kind 10166 with its cadence and checks, kind 0 with its profile, kind 10002 with the
 * relays that hold its events.
 *
 * @param frequency how often a relay that is online is checked; whole seconds, at least one
 * @param timeouts the enabled checks and how long each may take
 * @param geohash where it measures from, 1 to 9 characters; null to say nothing
 * @param name the profile's name
 * @param about the profile's text; left out if blank
 * @param publishTo the relays that its events are sent to
 */
public record MonitorAnnouncement(
        Duration frequency,
        Map<CheckType, Duration> timeouts,
        @Nullable String geohash,
        String name,
        String about,
        List<RelayUrl> publishTo) {
    public static final int KIND = 10166;
    public static final int PROFILE_KIND = 0;
    public static final int RELAY_LIST_KIND = 10002;

    /** @throws IllegalArgumentException if the frequency is below a second or the geohash is not one */
    public MonitorAnnouncement {
        if (frequency.toSeconds() < 1) {
            throw new IllegalArgumentException("a frequency below a second: " + frequency);
        }
        if (geohash != null && !GeohashTags.isOne(geohash)) {
            throw new IllegalArgumentException("not a geohash of 1 to 9 characters: " + geohash);
        }
        timeouts = Map.copyOf(timeouts);
        publishTo = List.copyOf(publishTo);
    }

    /** All that is to be signed and published, with one {@code created_at}. No relay list if there are no relays. */
    public List<EventTemplate> templates(Instant now) {
        List<EventTemplate> templates = new ArrayList<>(List.of(monitor(now), profile(now)));
        if (!publishTo.isEmpty()) {
            templates.add(relayList(now));
        }
        return List.copyOf(templates);
    }

    /** Kind 10166. */
    public EventTemplate monitor(Instant now) {
        List<List<String>> tags = new ArrayList<>();
        tags.add(List.of("frequency", Long.toString(frequency.toSeconds())));
        Map<CheckType, Duration> inOrder = new EnumMap<>(CheckType.class);
        inOrder.putAll(timeouts);
        inOrder.forEach(
                (check, timeout) -> tags.add(List.of("timeout", check.label(), Long.toString(timeout.toMillis()))));
        inOrder.keySet().forEach(check -> tags.add(List.of("c", check.label())));
        GeohashTags.add(tags, geohash);
        return new EventTemplate(now.getEpochSecond(), KIND, tags, "");
    }

    /** Kind 0 (NIP-01), marked as a bot (NIP-24). */
    public EventTemplate profile(Instant now) {
        Map<String, Object> profile = new LinkedHashMap<>();
        profile.put("name", name);
        if (!about.isBlank()) {
            profile.put("about", about);
        }
        profile.put("bot", true);
        return new EventTemplate(now.getEpochSecond(), PROFILE_KIND, List.of(), new JsonObject(profile).encode());
    }

    /** Kind 10002 (NIP-65): where it writes. */
    public EventTemplate relayList(Instant now) {
        List<List<String>> tags = publishTo.stream()
                .map(relay -> List.of("r", relay.value(), "write"))
                .toList();
        return new EventTemplate(now.getEpochSecond(), RELAY_LIST_KIND, tags, "");
    }
}
