package org.nostrmonitor.nip66;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.EventTemplate;
import org.nostrmonitor.relay.CheckType;

/**
 * Kind 10166: what a monitor does, and how often (NIP-66).
 *
 * @param frequency how often a relay that is online is checked; whole seconds, at least one
 * @param timeouts the enabled checks and how long each may take
 * @param locates whether it says where relays are
 * @param geohash where it measures from, 1 to 9 characters; null to say nothing
 */
public record MonitorAnnouncement(
        Duration frequency,
        Map<CheckType, Duration> timeouts,
        boolean locates,
        @Nullable String geohash) {
    public static final int KIND = 10166;

    /** As a {@code k} tag has it. */
    public static final String KIND_TEXT = Integer.toString(KIND);

    /** @throws IllegalArgumentException if the frequency is below a second or the geohash is not one */
    public MonitorAnnouncement {
        if (frequency.toSeconds() < 1) {
            throw new IllegalArgumentException("a frequency below a second: " + frequency);
        }
        if (geohash != null && !GeohashTags.isOne(geohash)) {
            throw new IllegalArgumentException("not a geohash of 1 to 9 characters: " + geohash);
        }
        timeouts = Map.copyOf(timeouts);
    }

    public EventTemplate template(Instant now) {
        List<List<String>> tags = new ArrayList<>();
        tags.add(List.of("frequency", Long.toString(frequency.toSeconds())));
        Map<CheckType, Duration> inOrder = new EnumMap<>(CheckType.class);
        inOrder.putAll(timeouts);
        inOrder.forEach(
                (check, timeout) -> tags.add(List.of("timeout", check.label(), Long.toString(timeout.toMillis()))));
        inOrder.keySet().forEach(check -> addChecks(tags, check));
        if (locates) {
            tags.add(List.of("c", "geo"));
        }
        GeohashTags.add(tags, geohash);
        return new EventTemplate(now.getEpochSecond(), KIND, tags, "");
    }

    /** With what each check looks at besides: opening needs name and certificate, and who reads is asked who it is. */
    private static void addChecks(List<List<String>> tags, CheckType check) {
        tags.add(List.of("c", check.label()));
        switch (check) {
            case OPEN -> tags.addAll(List.of(List.of("c", "dns"), List.of("c", "ssl")));
            case READ -> tags.add(List.of("c", "auth"));
            case WRITE, NIP11, CAPABILITIES -> {}
        }
    }
}
