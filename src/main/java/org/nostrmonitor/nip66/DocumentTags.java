package org.nostrmonitor.nip66;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.Nip11;
import org.nostrmonitor.relay.Capability;

/** The tags that repeat what a relay claims in its NIP-11 document: {@code N t k l}. Each list is bounded, one value a tag. */
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

    /** What the relay claims, less what a test refuted. */
    static void addNips(List<List<String>> tags, @Nullable Nip11 document, Map<Integer, Capability> capabilities) {
        if (document != null) {
            document.supportedNips().stream()
                    .filter(nip -> !isRefuted(capabilities.get(nip)))
                    .forEach(nip -> tags.add(List.of("N", nip.toString())));
        }
    }

    private static boolean isRefuted(@Nullable Capability capability) {
        return capability != null && capability.finding() == Capability.Finding.REFUTED;
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

    /** Of two claims about one kind the first counts. */
    static void addKinds(List<List<String>> tags, @Nullable Nip11 document) {
        if (document == null) {
            return;
        }
        Map<Integer, Boolean> kinds = new LinkedHashMap<>();
        for (Nip11.AcceptedKinds range : document.retentionKinds()) {
            if (range.to() - range.from() < MAX_KINDS_IN_RANGE) {
                for (int kind = range.from(); kind <= range.to(); kind++) {
                    kinds.putIfAbsent(kind, range.accepted());
                }
            }
        }
        kinds.entrySet().stream()
                .limit(MAX_KINDS)
                .forEach(kind -> tags.add(List.of("k", (kind.getValue() ? "" : "!") + kind.getKey())));
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
