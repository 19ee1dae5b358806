package org.nostrmonitor.wire;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Texts of a JSON object that may not be null. */
final class Texts {
    private Texts() {}

    /** @throws NullPointerException if it is missing or null; the message names it */
    static String of(JsonObject json, String key) {
        return given(json.getString(key), key);
    }

    /**
     * Empty if it is missing.
     *
     * @throws NullPointerException if it is null; the message names it
     */
    static String orEmpty(JsonObject json, String key) {
        return given(json.getString(key, ""), key);
    }

    private static String given(@Nullable String text, String key) {
        if (text == null) {
            throw new NullPointerException("no " + key);
        }
        return text;
    }
}
