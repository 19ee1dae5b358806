package org.nostrmonitor.wire;

import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.nostrmonitor.relay.Capability;
import org.nostrmonitor.relay.Known;
import org.nostrmonitor.relay.Requirement;

/** What is known of a relay's behaviour, as JSON. */
public final class KnownJson {
    private static final String OBSERVED = "observed";
    private static final String CAPABILITIES = "capabilities";
    private static final String LIMITS = "limits";

    private KnownJson() {}

    public static JsonObject write(Known known) {
        return new JsonObject()
                .put(OBSERVED, observed(known.observed()))
                .put(CAPABILITIES, capabilities(known.capabilities()))
                .put(LIMITS, limits(known.limits()));
    }

    /** @throws IllegalArgumentException if it was not written by us; what is missing is empty */
    public static Known read(JsonObject json) {
        try {
            return new Known(
                    observed(json.getJsonObject(OBSERVED, new JsonObject())),
                    capabilities(json.getJsonObject(CAPABILITIES, new JsonObject())),
                    limits(json.getJsonObject(LIMITS, new JsonObject())));
        } catch (ClassCastException | NullPointerException e) {
            throw new IllegalArgumentException("what is known, with a mistyped field: " + e.getMessage(), e);
        }
    }

    static JsonObject observed(Map<Requirement, Boolean> observed) {
        JsonObject json = new JsonObject();
        for (Requirement requirement : Requirement.values()) {
            Boolean needed = observed.get(requirement);
            if (needed != null) {
                json.put(requirement.label(), needed);
            }
        }
        return json;
    }

    static Map<Requirement, Boolean> observed(JsonObject json) {
        Map<Requirement, Boolean> observed = new EnumMap<>(Requirement.class);
        for (Requirement requirement : Requirement.values()) {
            Boolean needed = json.getBoolean(requirement.label());
            if (needed != null) {
                observed.put(requirement, needed);
            }
        }
        return observed;
    }

    static JsonObject capabilities(Map<Integer, Capability> capabilities) {
        JsonObject json = new JsonObject();
        new TreeMap<>(capabilities).forEach((nip, capability) -> {
            JsonObject one =
                    new JsonObject().put("finding", capability.finding().label());
            json.put(nip.toString(), capability.seen().isEmpty() ? one : one.put("seen", capability.seen()));
        });
        return json;
    }

    static Map<Integer, Capability> capabilities(JsonObject json) {
        Map<Integer, Capability> capabilities = new HashMap<>();
        for (String nip : json.fieldNames()) {
            JsonObject one = json.getJsonObject(nip);
            capabilities.put(
                    Integer.valueOf(nip),
                    new Capability(Capability.Finding.ofLabel(Texts.of(one, "finding")), Texts.orEmpty(one, "seen")));
        }
        return capabilities;
    }

    static JsonObject limits(Map<String, Integer> limits) {
        JsonObject json = new JsonObject();
        new TreeMap<>(limits).forEach(json::put);
        return json;
    }

    static Map<String, Integer> limits(JsonObject json) {
        Map<String, Integer> limits = new HashMap<>();
        json.fieldNames().forEach(name -> limits.put(name, json.getInteger(name)));
        return limits;
    }
}
