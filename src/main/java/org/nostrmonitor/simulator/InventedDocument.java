package org.nostrmonitor.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** A NIP-11 document as relays have it: real software, invented names. */
final class InventedDocument {
    private static final int SALT = 11;

    private static final List<String> FIRST = List.of(
            "Amber",
            "Quiet",
            "Copper",
            "Northern",
            "Velvet",
            "Cedar",
            "Salt",
            "Paper",
            "Iron",
            "Morning",
            "Hollow",
            "Lantern",
            "Slate",
            "Winter",
            "Juniper",
            "Coral",
            "Drifting",
            "Second",
            "Marble",
            "Tidal");
    private static final List<String> SECOND = List.of(
            "Harbour",
            "Fen",
            "Orchard",
            "Signal",
            "Meadow",
            "Lighthouse",
            "Ferry",
            "Commons",
            "Archive",
            "Beacon",
            "Garden",
            "Workshop",
            "Crossing",
            "Terrace",
            "Post",
            "Library",
            "Weir",
            "Station",
            "Kiln",
            "Pier");
    private static final List<String> ABOUT = List.of(
            "A public relay for everyone.",
            "Run by volunteers, backed up nightly.",
            "Notes of a small town and its friends.",
            "Fast reads, modest storage. Be kind.",
            "General purpose relay. Spam is removed.",
            "An experiment that stayed online.");
    private static final List<String> COUNTRIES = List.of("DE", "US", "FI", "JP", "CA", "NL", "SG", "BR", "FR", "CZ");
    private static final List<String> LANGUAGES = List.of("en", "de", "ja", "pt", "es", "fr");
    private static final List<String> TAGS = List.of("bitcoin-only", "sfw-only", "art", "local", "long-form");

    /** All that this monitor has tests for, without the one that only shows when a key is asked for. */
    private static final Set<Integer> TESTABLE = Set.of(1, 11, 40, 45, 50, 70, 77);

    private record Software(String url, List<String> versions, List<Integer> nips) {}

    private static final Software STRFRY = new Software(
            "git+https://github.com/hoytech/strfry.git",
            List.of("1.0.4", "1.0.3", "1.0.1", "0.9.7", "0.9.6"),
            List.of(1, 2, 4, 9, 11, 22, 28, 40, 70, 77));

    private static final List<Software> SOFTWARE = List.of(
            STRFRY,
            STRFRY,
            STRFRY,
            new Software(
                    "https://git.sr.ht/~gheartsfield/nostr-rs-relay",
                    List.of("0.9.0", "0.8.13", "0.8.12"),
                    List.of(1, 2, 9, 11, 12, 15, 16, 20, 22, 33, 40)),
            new Software(
                    "git+https://github.com/cameri/nostream.git",
                    List.of("1.25.2", "1.22.6"),
                    List.of(1, 2, 4, 9, 11, 12, 15, 16, 20, 22, 26, 28, 33, 40)),
            new Software("https://github.com/fiatjaf/khatru", List.of("n/a", "0.15.1"), List.of(1, 11, 40, 42, 70, 86)),
            new Software(
                    "https://github.com/bitvora/haven", List.of("v1.0.5", "v1.0.3"), List.of(1, 11, 40, 42, 50, 70)),
            new Software(
                    "https://github.com/rnostr/rnostr",
                    List.of("0.4.8"),
                    List.of(1, 2, 4, 9, 11, 12, 15, 16, 20, 22, 25, 26, 28, 33, 40, 45, 50, 70)));

    private InventedDocument() {}

    static JsonObject of(SimulatedRelay relay) {
        Random random = relay.random(SALT);
        Software software = one(SOFTWARE, random);
        JsonObject document = new JsonObject()
                .put("name", one(FIRST, random) + " " + one(SECOND, random))
                .put("description", one(ABOUT, random))
                .put("pubkey", key(random))
                .put("contact", "mailto:operator@" + relay.name() + ".example")
                .put("software", software.url())
                .put("version", one(software.versions(), random))
                .put("supported_nips", new JsonArray(List.copyOf(new TreeSet<>(nips(relay.behaviour(), software)))))
                .put("limitation", limitation(relay.behaviour(), random));
        if (relay.behaviour() == Behaviour.PAID) {
            addFees(document, relay);
        }
        addWhatIsOptional(document, random);
        return document;
    }

    private static Set<Integer> nips(Behaviour behaviour, Software software) {
        switch (behaviour) {
            case CAPABLE, BOASTFUL, CLOSING_ON_SEARCH -> {
                return TESTABLE;
            }
            case DEAF_TO_COUNT, CLOSING_ON_COUNT -> {
                return Set.of(1, 11, 45, 77);
            }
            default -> {}
        }
        Set<Integer> nips = new TreeSet<>(software.nips());
        if (behaviour.claimsToAskForKey()) {
            nips.add(42);
        }
        if (behaviour == Behaviour.POW) {
            nips.add(13);
        }
        return nips;
    }

    private static JsonObject limitation(Behaviour behaviour, Random random) {
        JsonObject limitation = new JsonObject()
                .put("max_message_length", Limits.MOST_MESSAGE_BYTES)
                .put("max_subscriptions", Limits.MOST_SUBSCRIPTIONS)
                .put("max_limit", Limits.MOST_ANSWERS)
                .put("max_event_tags", one(List.of(100, 2000, 2500), random))
                .put("created_at_upper_limit", Limits.MOST_SECONDS_AHEAD)
                .put("auth_required", behaviour.claimsToAskForKey())
                .put("payment_required", behaviour == Behaviour.PAID);
        if (behaviour == Behaviour.POW) {
            limitation.put("min_pow_difficulty", ScriptedRules.POW_BITS);
        }
        if (behaviour == Behaviour.POW_EASY) {
            limitation.put("min_pow_difficulty", 0);
        }
        if (behaviour == Behaviour.WRITE_RESTRICTED || behaviour == Behaviour.PAID) {
            limitation.put("restricted_writes", true);
        }
        return limitation;
    }

    private static void addFees(JsonObject document, SimulatedRelay relay) {
        document.put("payments_url", "https://" + relay.name() + ".example/join")
                .put(
                        "fees",
                        new JsonObject()
                                .put(
                                        "admission",
                                        new JsonArray()
                                                .add(new JsonObject()
                                                        .put("amount", 5_000_000)
                                                        .put("unit", "msats"))));
    }

    private static void addWhatIsOptional(JsonObject document, Random random) {
        if (random.nextInt(3) == 0) {
            document.put("relay_countries", new JsonArray().add(one(COUNTRIES, random)));
        }
        if (random.nextInt(4) == 0) {
            document.put("language_tags", new JsonArray().add(one(LANGUAGES, random)));
        }
        if (random.nextInt(5) == 0) {
            document.put("tags", new JsonArray().add(one(TAGS, random)));
        }
        if (random.nextInt(6) == 0) {
            document.put("posting_policy", "https://policy.example/");
        }
    }

    private static String key(Random random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return java.util.HexFormat.of().formatHex(bytes);
    }

    private static <T> T one(List<T> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }
}
