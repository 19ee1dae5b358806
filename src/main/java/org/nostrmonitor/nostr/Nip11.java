package org.nostrmonitor.nostr;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a relay says of itself (NIP-11), read leniently: a field of the wrong type is dropped, never the document.
 * Strings are bounded to 1,000 characters and hold nothing that PostgreSQL cannot store.
 *
 * @param pubkey the operator's key
 * @param self the relay's own key, 64 hex digits in lower case; what looks otherwise is dropped
 * @param supportedNips sorted, distinct, 0 to 65535, at most 500; numbers and numeric strings are accepted
 * @param limitation what it asks for; a field is null where it says nothing
 */
public record Nip11(
        @Nullable String name,
        @Nullable String description,
        @Nullable String pubkey,
        @Nullable String self,
        @Nullable String contact,
        @Nullable String software,
        @Nullable String version,
        @Nullable String icon,
        List<Integer> supportedNips,
        List<String> relayCountries,
        List<String> languageTags,
        List<String> tags,
        List<AcceptedKinds> retentionKinds,
        Limitation limitation) {
    public Nip11 {
        supportedNips = List.copyOf(supportedNips);
        relayCountries = List.copyOf(relayCountries);
        languageTags = List.copyOf(languageTags);
        tags = List.copyOf(tags);
        retentionKinds = List.copyOf(retentionKinds);
    }

    /** A kind, or a range of kinds, that the relay keeps ({@code accepted}) or does not keep. */
    public record AcceptedKinds(int from, int to, boolean accepted) {}

    /** The claimed limits; null where the relay says nothing. */
    public record Limitation(
            @Nullable Boolean authRequired,
            @Nullable Boolean paymentRequired,
            @Nullable Boolean restrictedWrites,
            @Nullable Integer minPowDifficulty,
            @Nullable Integer maxMessageLength,
            @Nullable Integer maxSubscriptions,
            @Nullable Integer maxLimit,
            @Nullable Long createdAtLowerLimit,
            @Nullable Long createdAtUpperLimit) {
        public static final Limitation NONE = new Limitation(null, null, null, null, null, null, null, null, null);
    }

    /**
     * Reads a document: linear time. Lists of strings and kinds have at most 100 entries.
     *
     * @throws ProtocolException if it is not a JSON object, or deeper than 32
     */
    public static Nip11 parse(String json) throws ProtocolException {
        return Nip11Json.read(Json.parse(json));
    }
}
