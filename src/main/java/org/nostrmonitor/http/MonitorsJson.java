package org.nostrmonitor.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.http.view.Hearing;
import org.nostrmonitor.nostr.Nip19;
import org.nostrmonitor.relay.Sighting;
import org.nostrmonitor.storage.OtherMonitors.Monitor;
import org.nostrmonitor.storage.OtherMonitors.Said;
import org.nostrmonitor.storage.OtherMonitors.Testimony;

/** What other monitors say, as the API answers it: named for what it is, their words. */
final class MonitorsJson {
    private MonitorsJson() {}

    /** Who they are. */
    static JsonObject all(Testimony testimony) {
        JsonArray items = new JsonArray();
        testimony.said().forEach(said -> items.add(monitor(said.monitor())));
        return new JsonObject()
                .put("readUntil", ApiJson.text(testimony.until()))
                .put("items", items);
    }

    /** What they say of one relay. */
    static JsonObject of(Testimony testimony, Instant now) {
        Instant asOf = Hearing.asOf(testimony, now);
        JsonArray items = new JsonArray();
        if (asOf != null) {
            testimony.said().forEach(said -> items.add(said(said, asOf)));
        }
        return new JsonObject()
                .put("readUntil", ApiJson.text(testimony.until()))
                .put("items", items);
    }

    private static JsonObject monitor(Monitor monitor) {
        return who(monitor)
                .put("frequencySeconds", seconds(monitor.frequency()))
                .put("geohash", monitor.geohash())
                .put("announcedAt", ApiJson.text(monitor.announcedAt()))
                .put("firstSeenAt", monitor.firstSeen().toString())
                .put("lastSeenAt", monitor.lastSeen().toString())
                .put("relays", monitor.relays())
                .put("relaysLastHour", monitor.recent())
                .put("countedAt", ApiJson.text(monitor.countedAt()));
    }

    private static JsonObject who(Monitor monitor) {
        return new JsonObject()
                .put("pubkey", monitor.pubkey())
                .put("npub", Nip19.npub(monitor.pubkey()))
                .put("name", monitor.name());
    }

    private static JsonObject said(Said said, Instant asOf) {
        Sighting sighting = said.sighting();
        return who(said.monitor())
                .put("hearing", Hearing.of(said, asOf).label())
                .put("publishedAt", sighting == null ? null : sighting.at().toString())
                .put("openMs", sighting == null ? null : milliseconds(sighting.open()))
                .put("readMs", sighting == null ? null : milliseconds(sighting.read()))
                .put("writeMs", sighting == null ? null : milliseconds(sighting.write()));
    }

    private static @Nullable Long seconds(@Nullable Duration time) {
        return time == null ? null : time.toSeconds();
    }

    private static @Nullable Long milliseconds(@Nullable Duration time) {
        return time == null ? null : time.toMillis();
    }
}
