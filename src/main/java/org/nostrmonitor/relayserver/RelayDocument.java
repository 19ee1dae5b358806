package org.nostrmonitor.relayserver;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** The NIP-11 document. What is not known is left out; every limit is the one that is kept. */
final class RelayDocument {
    private static final JsonArray NIPS = JsonArray.of(1, 11, 45);
    private static final int LONGEST_SUBSCRIPTION = 64;

    private RelayDocument() {}

    static String of(RelaySettings settings) {
        JsonObject document = new JsonObject().put("name", settings.name()).put("description", settings.description());
        put(document, "icon", settings.icon());
        put(document, "pubkey", settings.pubkey());
        put(document, "contact", settings.contact());
        document.put("supported_nips", NIPS);
        // NIP-11 wants a URL of the software's home page here, and there is none.
        put(document, "version", settings.version());
        return document.put("limitation", limitation(settings.limits())).encode();
    }

    private static void put(JsonObject document, String field, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            document.put(field, value);
        }
    }

    private static JsonObject limitation(RelayLimits limits) {
        return new JsonObject()
                .put("max_message_length", limits.messageBytes())
                .put("max_subscriptions", limits.subscriptions())
                .put("max_limit", limits.mostLimit())
                .put("default_limit", limits.usualLimit())
                .put("max_subid_length", LONGEST_SUBSCRIPTION)
                .put("auth_required", false)
                .put("payment_required", false)
                .put("restricted_writes", true);
    }
}
