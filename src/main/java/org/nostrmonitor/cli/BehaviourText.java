package org.nostrmonitor.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nip66.Conflict;
import org.nostrmonitor.nip66.Conflicts;
import org.nostrmonitor.nostr.Nip11;
import org.nostrmonitor.relay.Capability;
import org.nostrmonitor.relay.Capability.Finding;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Explanation;
import org.nostrmonitor.relay.Known;
import org.nostrmonitor.relay.Printable;
import org.nostrmonitor.relay.Requirement;

/** What a relay asks for, where that contradicts its claims, and which of its claims hold, as lines for a terminal. */
final class BehaviourText {
    private static final int SEEN = 160;

    private final Known known;
    private final List<String> lines = new ArrayList<>();

    private BehaviourText(Known known) {
        this.known = known;
    }

    /** @param document null if none was read, or none that can be */
    static List<String> of(CheckReport report, @Nullable Nip11 document) {
        BehaviourText text = new BehaviourText(Known.NOTHING.and(report));
        text.requirements();
        if (document != null) {
            Conflicts.of(text.known, document).stream().map(Conflict::words).forEach(words -> text.add("but", words));
        }
        text.capabilities();
        return text.lines;
    }

    private void requirements() {
        Map<Requirement, Boolean> observed = known.observed();
        String asks = Stream.of(Requirement.values())
                .filter(observed::containsKey)
                .map(requirement -> (observed.getOrDefault(requirement, false) ? "" : "!") + requirement.label())
                .collect(Collectors.joining(" "));
        if (!asks.isEmpty()) {
            add("seen", asks);
        }
    }

    /** What was not tested comes last, and what is not even claimed not at all. */
    private void capabilities() {
        Map<Integer, Capability> tested = new TreeMap<>(known.capabilities());
        tested.forEach((nip, capability) -> {
            if (capability.finding() != Finding.NOT_TESTED) {
                add("NIP-" + nip, Explanation.of(capability.finding()) + seen("  ", capability));
            }
        });
        tested.forEach((nip, capability) -> {
            if (capability.finding() == Finding.NOT_TESTED && !capability.seen().equals("not claimed")) {
                add("NIP-" + nip, Explanation.of(capability.finding()) + seen(": ", capability));
            }
        });
    }

    private static String seen(String before, Capability capability) {
        return capability.seen().isEmpty() ? "" : before + Printable.of(capability.seen(), SEEN);
    }

    private void add(String label, String value) {
        lines.add(String.format(Locale.ROOT, "  %-8s %s", label, Printable.of(value, 2 * SEEN))
                .stripTrailing());
    }
}
