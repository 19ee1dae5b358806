package org.nostrmonitor.nip66;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.Nip11;
import org.nostrmonitor.relay.Requirement;

/** The {@code R} tags: what was seen, else what NIP-11 claims, else nothing. A missing claim is not a "no". */
final class RequirementTags {
    private RequirementTags() {}

    static void add(List<List<String>> tags, Map<Requirement, Boolean> observed, @Nullable Nip11 document) {
        for (Requirement requirement : Requirement.values()) {
            Boolean seen = observed.get(requirement);
            Boolean needed = seen != null ? seen : claimed(requirement, document);
            if (needed != null) {
                tags.add(List.of("R", needed ? requirement.label() : "!" + requirement.label()));
            }
        }
    }

    private static @Nullable Boolean claimed(Requirement requirement, @Nullable Nip11 document) {
        if (document == null) {
            return null;
        }
        Nip11.Limitation limitation = document.limitation();
        return switch (requirement) {
            case AUTH -> limitation.authRequired();
            case WRITES -> limitation.restrictedWrites();
            case POW -> isPositive(limitation.minPowDifficulty());
            case PAYMENT -> limitation.paymentRequired();
        };
    }

    private static @Nullable Boolean isPositive(@Nullable Integer difficulty) {
        return difficulty == null ? null : (Boolean) (difficulty > 0);
    }
}
