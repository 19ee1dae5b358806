package org.nostrmonitor.nostr;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** NIP-11 documents as relays really send them: what has the wrong type is left out. */
final class Nip11Json {
    private static final int MAX_STRING = 1000;
    private static final int MAX_LIST = 100;
    private static final int MAX_NIPS = 500;
    private static final int MAX_NIP = 65535;

    private Nip11Json() {}

    static Nip11 read(JsonNode document) throws ProtocolException {
        if (!document.isObject()) {
            throw new ProtocolException("a NIP-11 document is not a JSON object");
        }
        return new Nip11(
                string(document.path("name")),
                string(document.path("description")),
                string(document.path("pubkey")),
                key(document.path("self")),
                string(document.path("contact")),
                string(document.path("software")),
                string(document.path("version")),
                string(document.path("icon")),
                nips(document.path("supported_nips")),
                strings(document.path("relay_countries")),
                strings(document.path("language_tags")),
                strings(document.path("tags")),
                retention(document.path("retention")),
                limitation(document.path("limitation")));
    }

    private static @Nullable String key(JsonNode node) {
        String key = string(node);
        return key != null && key.matches("[0-9a-f]{64}") ? key : null;
    }

    private static @Nullable String string(JsonNode node) {
        return node.isTextual() ? PlainText.storable(node.textValue(), MAX_STRING) : null;
    }

    /** A list, or a single value in its place. */
    private static Iterable<JsonNode> list(JsonNode node) {
        return node.isArray() ? node : List.of(node);
    }

    private static List<String> strings(JsonNode node) {
        Set<String> strings = new LinkedHashSet<>();
        for (JsonNode value : list(node)) {
            String string = string(value);
            if (string != null && strings.size() < MAX_LIST) {
                strings.add(string);
            }
        }
        return List.copyOf(strings);
    }

    private static List<Integer> nips(JsonNode node) {
        TreeSet<Integer> nips = new TreeSet<>();
        for (JsonNode value : list(node)) {
            Integer nip = value.isTextual() ? number(value.textValue()) : integer(value, MAX_NIP);
            if (nip != null && nip <= MAX_NIP) {
                nips.add(nip);
            }
        }
        return nips.stream().limit(MAX_NIPS).toList();
    }

    private static @Nullable Integer number(String text) {
        String digits = text.strip();
        boolean number =
                !digits.isEmpty() && digits.length() <= 5 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Integer.valueOf(digits) : null;
    }

    /** A kind is kept unless its retention time or count is zero (NIP-11 until February 2026). The first word on it counts. */
    private static List<Nip11.AcceptedKinds> retention(JsonNode node) {
        List<Nip11.AcceptedKinds> kinds = new ArrayList<>();
        for (JsonNode rule : list(node)) {
            boolean accepted = !isZero(rule.path("time")) && !isZero(rule.path("count"));
            for (JsonNode kind : list(rule.path("kinds"))) {
                Integer from = integer(kind.isArray() ? kind.path(0) : kind, EventJson.MAX_KIND);
                Integer to = integer(kind.isArray() ? kind.path(1) : kind, EventJson.MAX_KIND);
                if (from != null && to != null && from <= to && kinds.size() < MAX_LIST) {
                    kinds.add(new Nip11.AcceptedKinds(from, to, accepted));
                }
            }
        }
        return kinds;
    }

    private static boolean isZero(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() && node.longValue() == 0;
    }

    private static Nip11.Limitation limitation(JsonNode node) {
        return new Nip11.Limitation(
                bool(node.path("auth_required")),
                bool(node.path("payment_required")),
                bool(node.path("restricted_writes")),
                integer(node.path("min_pow_difficulty"), Integer.MAX_VALUE),
                integer(node.path("max_message_length"), Integer.MAX_VALUE),
                integer(node.path("max_subscriptions"), Integer.MAX_VALUE),
                integer(node.path("max_limit"), Integer.MAX_VALUE),
                seconds(node.path("created_at_lower_limit")),
                seconds(node.path("created_at_upper_limit")));
    }

    private static @Nullable Boolean bool(JsonNode node) {
        return node.isBoolean() ? (Boolean) node.booleanValue() : null;
    }

    private static @Nullable Integer integer(JsonNode node, int most) {
        boolean fits = node.isIntegralNumber() && node.canConvertToInt() && node.intValue() >= 0;
        return fits && node.intValue() <= most ? (Integer) node.intValue() : null;
    }

    private static @Nullable Long seconds(JsonNode node) {
        boolean fits = node.isIntegralNumber() && node.canConvertToLong();
        return fits ? (Long) node.longValue() : null;
    }
}
