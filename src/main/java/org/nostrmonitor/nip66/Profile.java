package org.nostrmonitor.nip66;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.EventTemplate;
import org.nostrmonitor.nostr.Nip19;

/**
 * Kind 0: who somebody is (NIP-01), marked as a bot (NIP-24).
 *
 * @param about left out if blank
 * @param picture the URL of one, or null
 * @param contact how to reach the operator, as in NIP-11, or null; a {@code https://} address is the {@code website} as well
 */
public record Profile(
        String name,
        String about,
        @Nullable String picture,
        @Nullable String contact) {
    public static final int KIND = 0;

    /** Of a key that is not used any more: it points at the one that is. */
    public static Profile moved(String name, String newPublicKey) {
        String about = "This monitor has moved, and signs with another key now: nostr:" + Nip19.npub(newPublicKey);
        return new Profile(name + " (moved)", about, null, null);
    }

    public EventTemplate template(Instant now) {
        Map<String, Object> profile = new LinkedHashMap<>();
        profile.put("name", name);
        if (!about.isBlank()) {
            profile.put("about", about);
        }
        if (picture != null) {
            profile.put("picture", picture);
        }
        if (contact != null) {
            profile.put("contact", contact);
            if (contact.startsWith("https://")) {
                profile.put("website", contact);
            }
        }
        profile.put("bot", true);
        return new EventTemplate(now.getEpochSecond(), KIND, List.of(), new JsonObject(profile).encode());
    }
}
