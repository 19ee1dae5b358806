package org.nostrmonitor.simulator;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.nostrmonitor.relay.Capability.Finding;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.Requirement;

/** What a relay's behaviour shows beyond its state: what it asks for, and which of its claims hold. */
final class Truths {
    private static final List<Integer> ASKED_FOR_IF_CLAIMED = List.of(40, 45, 50, 70, 77);

    private Truths() {}

    static Map<Requirement, Boolean> requirements(Behaviour behaviour) {
        Map<Requirement, Boolean> shown = new EnumMap<>(Requirement.class);
        if (behaviour != Behaviour.NOTICE_ONLY) {
            shown.put(Requirement.AUTH, behaviour.asksForKey());
        }
        switch (behaviour) {
            case NOTICE_ONLY, RATE_LIMITED, MUTE -> {}
            case AUTH_REFUSED, WRITE_RESTRICTED, WRITE_BLOCKED -> shown.put(Requirement.WRITES, true);
            case PAID -> {
                shown.put(Requirement.WRITES, true);
                shown.put(Requirement.PAYMENT, true);
            }
            case POW, POW_EASY -> shown.put(Requirement.POW, true);
            default -> taken(behaviour, shown);
        }
        return shown;
    }

    /** Who has shown a key cannot tell whether others may write. */
    private static void taken(Behaviour behaviour, Map<Requirement, Boolean> shown) {
        shown.put(Requirement.POW, false);
        if (!behaviour.asksForKey()) {
            shown.put(Requirement.WRITES, false);
            shown.put(Requirement.PAYMENT, false);
        }
    }

    /** @param claims the NIPs in its document */
    static Map<Integer, Finding> capabilities(Behaviour behaviour, Expected expected, Set<Integer> claims) {
        Map<Integer, Finding> tested = new TreeMap<>();
        if (expected.state() != RelayState.ONLINE || behaviour == Behaviour.SLOW) {
            return tested;
        }
        tested.put(11, expected.nip11() ? Finding.CONFIRMED : Finding.REFUTED);
        tested.put(42, behaviour.asksForKey() ? Finding.CONFIRMED : Finding.NOT_TESTED);
        for (int nip : ASKED_FOR_IF_CLAIMED) {
            tested.put(nip, claims.contains(nip) ? claimed(behaviour, expected, nip) : Finding.NOT_TESTED);
        }
        return tested;
    }

    private static Finding claimed(Behaviour behaviour, Expected expected, int nip) {
        boolean isWritten = nip == 40 || nip == 70;
        return switch (behaviour) {
            case BOASTFUL -> nip == 40 ? Finding.NOT_TESTED : Finding.REFUTED;
            case DEAF_TO_COUNT -> nip == 45 ? Finding.REFUTED : Finding.CONFIRMED;
            case CLOSING_ON_COUNT, CLOSING_ON_SEARCH -> Finding.NOT_TESTED;
            case EMPTY -> nip == 50 ? Finding.NOT_TESTED : Finding.CONFIRMED;
            default -> isWritten ? written(behaviour, expected, nip) : sureIf(expected.readable());
        };
    }

    /** What takes no event of ours, or only one with work, cannot be asked with events; an author may publish. */
    private static Finding written(Behaviour behaviour, Expected expected, int nip) {
        boolean isItsAuthor = nip == 70 && behaviour.asksForKey();
        return sureIf(expected.writable() && behaviour != Behaviour.POW_EASY && !isItsAuthor);
    }

    private static Finding sureIf(boolean testable) {
        return testable ? Finding.CONFIRMED : Finding.NOT_TESTED;
    }
}
