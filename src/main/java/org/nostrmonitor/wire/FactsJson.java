package org.nostrmonitor.wire;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Facts;
import org.nostrmonitor.relay.Place;
import org.nostrmonitor.relay.TlsSession;
import org.nostrmonitor.relay.TlsSession.Certificate;

/** What a probe saw beside its outcomes, as JSON. What is not known has no key. */
final class FactsJson {
    private FactsJson() {}

    static JsonObject write(Facts facts) {
        JsonObject json = new JsonObject();
        if (!facts.addresses().isEmpty()) {
            json.put("addresses", new JsonArray(facts.addresses()));
        }
        if (facts.tls() != null) {
            json.put("tls", tls(facts.tls()));
        }
        if (facts.place() != null) {
            json.put("place", place(facts.place()));
        }
        if (!facts.capabilities().isEmpty()) {
            json.put("capabilities", KnownJson.capabilities(facts.capabilities()));
        }
        if (!facts.limits().isEmpty()) {
            json.put("limits", KnownJson.limits(facts.limits()));
        }
        return json;
    }

    /** @param json null in what was written before there were facts */
    static Facts read(@Nullable JsonObject json) {
        if (json == null || json.isEmpty()) {
            return Facts.NONE;
        }
        JsonObject tls = json.getJsonObject("tls");
        JsonObject place = json.getJsonObject("place");
        return new Facts(
                texts(json.getJsonArray("addresses")),
                tls == null ? null : tls(tls),
                place == null ? null : place(place),
                KnownJson.capabilities(json.getJsonObject("capabilities", new JsonObject())),
                KnownJson.limits(json.getJsonObject("limits", new JsonObject())));
    }

    private static JsonObject tls(TlsSession tls) {
        JsonArray chain = new JsonArray();
        tls.chain().forEach(certificate -> chain.add(certificate(certificate)));
        JsonObject json = new JsonObject();
        putIfKnown(json, "protocol", tls.protocol());
        putIfKnown(json, "cipher", tls.cipher());
        return json.put("chain", chain);
    }

    private static TlsSession tls(JsonObject json) {
        List<Certificate> chain = json.getJsonArray("chain").stream()
                .map(certificate -> certificate((JsonObject) certificate))
                .toList();
        return new TlsSession(json.getString("protocol"), json.getString("cipher"), chain);
    }

    private static JsonObject certificate(Certificate certificate) {
        return new JsonObject()
                .put("subject", certificate.subject())
                .put("issuer", certificate.issuer())
                .put("names", new JsonArray(certificate.names()))
                .put("notBefore", certificate.notBefore().toString())
                .put("notAfter", certificate.notAfter().toString())
                .put("sha256", certificate.sha256());
    }

    private static Certificate certificate(JsonObject json) {
        return new Certificate(
                Texts.of(json, "subject"),
                Texts.of(json, "issuer"),
                texts(json.getJsonArray("names")),
                Instant.parse(json.getString("notBefore")),
                Instant.parse(json.getString("notAfter")),
                Texts.of(json, "sha256"));
    }

    private static JsonObject place(Place place) {
        JsonObject json = new JsonObject();
        putIfKnown(json, "country", place.country());
        putIfKnown(json, "city", place.city());
        putIfKnown(json, "geohash", place.geohash());
        putIfKnown(json, "asn", place.asn());
        putIfKnown(json, "asName", place.asName());
        return place.anycast() ? json.put("anycast", true) : json;
    }

    private static Place place(JsonObject json) {
        return new Place(
                json.getString("country"),
                json.getString("city"),
                json.getString("geohash"),
                json.getLong("asn"),
                json.getString("asName"),
                json.getBoolean("anycast", false));
    }

    private static void putIfKnown(JsonObject json, String key, @Nullable Object value) {
        if (value != null) {
            json.put(key, value);
        }
    }

    private static List<String> texts(@Nullable JsonArray array) {
        return array == null
                ? List.of()
                : array.stream().map(String.class::cast).toList();
    }
}
