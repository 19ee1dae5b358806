package org.nostrmonitor.nip66;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.Nip11;
import org.nostrmonitor.relay.Capability;
import org.nostrmonitor.relay.Requirement;

/**
 * The tags that repeat what a relay claims in its NIP-11 document: {@code N t k l}. What was seen counts for more than a claim.
 * Each list is bounded, one value a tag.
 */
final class DocumentTags {
    private static final int MAX_TOPICS = 20;
    private static final int MAX_KINDS = 100;
    private static final int MAX_LANGUAGES = 20;

    /** A tag names one kind. A wider range would become a flood of tags: it is left out, since half a range is no truth. */
    private static final int MAX_KINDS_IN_RANGE = 20;

    /** A topic as others can search for it: letters, digits and few signs, without spaces or control characters. */
    private static final Pattern TOPIC = Pattern.compile("[\\p{L}\\p{M}\\p{N}][\\p{L}\\p{M}\\p{N}_./-]{0,63}");

    private static final Predicate<String> LANGUAGE =
            Pattern.compile("[a-z]{2}").asMatchPredicate();

    private DocumentTags() {}

    /** What the relay claims, less what a test refuted, and what a test confirmed. By number. */
    static void addNips(List<List<String>> tags, @Nullable Nip11 document, Map<Integer, Capability> capabilities) {
        Set<Integer> nips = new TreeSet<>(document == null ? List.of() : document.supportedNips());
        capabilities.forEach((nip, capability) -> {
            switch (capability.finding()) {
                case CONFIRMED -> nips.add(nip);
                case REFUTED -> nips.remove(nip);
                case NOT_TESTED -> {}
            }
        });
        nips.forEach(nip -> tags.add(List.of("N", nip.toString())));
    }

    static void addTopics(List<List<String>> tags, @Nullable Nip11 document) {
        if (document != null) {
            document.tags().stream()
                    .map(topic -> topic.strip().toLowerCase(Locale.ROOT))
                    .filter(TOPIC.asMatchPredicate())
                    .distinct()
                    .limit(MAX_TOPICS)
                    .forEach(topic -> tags.add(List.of("t", topic)));
        }
    }

    /** What was seen to be taken, and then the claims; the first word about a kind counts. */
    static void addKinds(List<List<String>> tags, @Nullable Nip11 document, Map<Requirement, Boolean> observed) {
        Map<Integer, Boolean> kinds = new LinkedHashMap<>();
        if (Boolean.FALSE.equals(observed.get(Requirement.WRITES))) {
            kinds.put(TestKind.EPHEMERAL, true);
        }
        addClaims(kinds, document == null ? List.of() : document.retentionKinds());
        kinds.entrySet().stream()
                .limit(MAX_KINDS)
                .forEach(kind -> tags.add(List.of("k", (kind.getValue() ? "" : "!") + kind.getKey())));
    }

    private static void addClaims(Map<Integer, Boolean> kinds, List<Nip11.AcceptedKinds> claims) {
        for (Nip11.AcceptedKinds range : claims) {
            if (range.to() - range.from() < MAX_KINDS_IN_RANGE) {
                for (int kind = range.from(); kind <= range.to(); kind++) {
                    kinds.putIfAbsent(kind, range.accepted());
                }
            }
        }
    }

    /** The language of each BCP 47 tag, if it has a two-letter code: {@code en} of {@code en-419}. */
    static void addLanguages(List<List<String>> tags, @Nullable Nip11 document) {
        if (document != null) {
            document.languageTags().stream()
                    .map(tag -> tag.split("[-_]", 2)[0].toLowerCase(Locale.ROOT))
                    .filter(LANGUAGE)
                    .distinct()
                    .limit(MAX_LANGUAGES)
                    .forEach(language -> tags.add(List.of("l", language, "ISO-639-1")));
        }
    }
}
