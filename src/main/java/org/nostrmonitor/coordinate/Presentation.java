package org.nostrmonitor.coordinate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.nostrmonitor.config.CronTicks;
import org.nostrmonitor.config.Identity;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.keys.Voice;
import org.nostrmonitor.nip66.MonitorAnnouncement;
import org.nostrmonitor.nip66.Profile;
import org.nostrmonitor.nip66.RelayList;
import org.nostrmonitor.nostr.EventTemplate;
import org.nostrmonitor.relay.CheckType;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.SharedSettings;

/** What a monitor says of itself: kinds 10166, 0 and 10002, from what it is set to do. */
public final class Presentation {
    private final SharedSettings.Shared settings;
    private final Identity identity;
    private final boolean locates;
    private final Duration cadence;

    /**
     * @param locates whether relays are located
     * @throws IllegalArgumentException if the settings hold no good cron expression
     */
    public Presentation(SharedSettings.Shared settings, Identity identity, boolean locates, Instant now) {
        this.settings = settings;
        this.identity = identity;
        this.locates = locates;
        this.cadence = new CronTicks(settings.schedule().cron()).cadence(now);
    }

    /** Who gets it. */
    List<RelayUrl> targets() {
        return settings.publish().relays();
    }

    /** All that one key has to say. No relay list if there are no relays. */
    List<EventTemplate> of(Voice voice, Instant now) {
        MonitorAnnouncement announcement = new MonitorAnnouncement(cadence, timeouts(), locates, voice.geohash());
        Profile profile = new Profile(voice.name(), identity.about(), identity.picture(), identity.contact());
        return withRelays(List.of(announcement.template(now), profile.template(now)), now);
    }

    /** All that a key has to say whose place another has taken. */
    List<EventTemplate> farewell(String newPublicKey, Instant now) {
        return withRelays(List.of(Profile.moved(identity.name(), newPublicKey).template(now)), now);
    }

    private List<EventTemplate> withRelays(List<EventTemplate> templates, Instant now) {
        List<EventTemplate> all = new ArrayList<>(templates);
        if (!targets().isEmpty()) {
            all.add(RelayList.template(targets(), now));
        }
        return List.copyOf(all);
    }

    private Map<CheckType, Duration> timeouts() {
        Map<CheckType, Duration> timeouts = new EnumMap<>(CheckType.class);
        for (CheckType check : CheckType.values()) {
            MonitorConfig.Check set = settings.checks().of(check);
            if (set.enabled()) {
                timeouts.put(check, set.timeout());
            }
        }
        return timeouts;
    }
}
