package org.nostrmonitor.nostr;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** What somebody calls himself in his profile (kind 0, NIP-01). */
public final class ProfileName {
    private static final int LONGEST_PROFILE = 64 * 1024;
    private static final int LONGEST = 100;

    private ProfileName() {}

    /** The name, as it says, at most 100 characters; nothing if there is none, or the content is no profile. */
    public static Optional<String> of(String content) {
        if (content.length() > LONGEST_PROFILE) {
            return Optional.empty();
        }
        try {
            JsonNode name = Json.parse(content).path("name");
            return name.isTextual()
                    ? Optional.of(PlainText.storable(name.textValue(), LONGEST).strip())
                            .filter(text -> !text.isEmpty())
                    : Optional.empty();
        } catch (ProtocolException e) {
            return Optional.empty();
        }
    }
}
