package org.nostrmonitor.nip66;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.Nip11;
import org.nostrmonitor.relay.Capability;
import org.nostrmonitor.relay.Known;
import org.nostrmonitor.relay.Requirement;

/** Where a relay's behaviour contradicts its NIP-11 document. Both are kept; what was seen is published. */
public final class Conflicts {
    private static final String POW_LIMIT = "min_pow_difficulty";

    private final Known known;
    private final Nip11 document;
    private final List<Conflict> found = new ArrayList<>();

    private Conflicts(Known known, Nip11 document) {
        this.known = known;
        this.document = document;
    }

    /** Requirements first, then NIPs by number. A claim left out contradicts nothing, and neither does what was not seen. */
    public static List<Conflict> of(Known known, Nip11 document) {
        Conflicts conflicts = new Conflicts(known, document);
        conflicts.requirements();
        conflicts.nips();
        return List.copyOf(conflicts.found);
    }

    private void requirements() {
        Nip11.Limitation claims = document.limitation();
        compare(Requirement.AUTH, claims.authRequired(), "authentication", "asks for it", "answers without");
        compare(Requirement.PAYMENT, claims.paymentRequired(), "payment", "asks for it", "took our event without");
        if (!Boolean.TRUE.equals(known.observed().get(Requirement.WRITES)) || !claimsARestriction(claims)) {
            compare(Requirement.WRITES, claims.restrictedWrites());
        }
        work(claims.minPowDifficulty());
    }

    /** Payment and work are restrictions of writes too (NIP-11): who claims one of them has claimed that not all can write. */
    private static boolean claimsARestriction(Nip11.Limitation claims) {
        Integer bits = claims.minPowDifficulty();
        return Boolean.TRUE.equals(claims.paymentRequired()) || (bits != null && bits > 0);
    }

    private void compare(
            Requirement requirement, @Nullable Boolean claimed, String what, String ifNeeded, String ifNot) {
        Boolean seen = known.observed().get(requirement);
        if (claimed != null && seen != null && !claimed.equals(seen)) {
            add(requirement, claimed ? "claims to need " + what : "claims to need no " + what, seen ? ifNeeded : ifNot);
        }
    }

    private void compare(Requirement requirement, @Nullable Boolean restricted) {
        Boolean seen = known.observed().get(requirement);
        if (restricted != null && seen != null && !restricted.equals(seen)) {
            add(
                    requirement,
                    restricted ? "claims to restrict writes" : "claims not to restrict writes",
                    seen ? "refused our event" : "took our event");
        }
    }

    private void work(@Nullable Integer claimed) {
        Boolean seen = known.observed().get(Requirement.POW);
        if (claimed == null || seen == null) {
            return;
        }
        Integer bits = known.limits().get(POW_LIMIT);
        if (!seen && claimed > 0) {
            add(Requirement.POW, "claims to need " + claimed + " bits of work", "took an event without");
        } else if (seen && claimed == 0) {
            add(Requirement.POW, "claims to need no work", "asks for " + (bits == null ? "it" : bits + " bits"));
        } else if (seen && bits != null && !bits.equals(claimed)) {
            add(Requirement.POW, "claims to need " + claimed + " bits of work", "asks for " + bits);
        }
    }

    private void add(Requirement requirement, String claimed, String seen) {
        found.add(new Conflict(requirement.label(), claimed, seen));
    }

    private void nips() {
        Map<Integer, Capability> tested = known.capabilities();
        for (int nip : document.supportedNips()) {
            Capability capability = tested.get(nip);
            if (capability != null && capability.finding() == Capability.Finding.REFUTED) {
                found.add(new Conflict("NIP-" + nip, "claims NIP-" + nip, "does not do it"));
            }
        }
    }
}
