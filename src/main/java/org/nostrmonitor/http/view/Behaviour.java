package org.nostrmonitor.http.view;

import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nip66.Conflict;
import org.nostrmonitor.nip66.Conflicts;
import org.nostrmonitor.nostr.Nip11;
import org.nostrmonitor.relay.Capability;
import org.nostrmonitor.relay.Explanation;
import org.nostrmonitor.relay.Known;

/**
 * What tests of a relay's claims came to.
 *
 * @param conflicts where it was seen to do otherwise than it claims, each a clause that follows "it"
 * @param tests of NIPs, by number; those that it does not claim are left out
 */
public record Behaviour(List<String> conflicts, List<Test> tests) {
    public Behaviour {
        conflicts = List.copyOf(conflicts);
        tests = List.copyOf(tests);
    }

    /** About how many of these a test found something out. */
    public long tested(List<Claims.Nip> claimed) {
        return claimed.stream()
                .filter(nip -> tests.stream().anyMatch(test -> test.conclusive() && test.nip() == nip.number()))
                .count();
    }

    /** @param seen the decisive message as received, or why nothing was found out */
    public record Test(int nip, @Nullable String title, ResultMark result, Said seen, boolean conclusive) {}

    /** @param document null if none was read: then nothing is claimed */
    static Behaviour of(@Nullable Nip11 document, Known known) {
        List<String> conflicts = document == null
                ? List.of()
                : Conflicts.of(known, document).stream().map(Conflict::words).toList();
        List<Integer> claims = document == null ? List.of() : document.supportedNips();
        List<Test> tests = new TreeMap<>(known.capabilities())
                .entrySet().stream()
                        .filter(tested -> claims.contains(tested.getKey())
                                || tested.getValue().finding() != Capability.Finding.NOT_TESTED)
                        .map(tested -> test(tested.getKey(), tested.getValue()))
                        .toList();
        return new Behaviour(conflicts, tests);
    }

    private static Test test(int nip, Capability capability) {
        String word = Explanation.of(capability.finding());
        ResultMark mark = switch (capability.finding()) {
            case CONFIRMED -> ResultMark.yes(word);
            case REFUTED -> ResultMark.no(word);
            case NOT_TESTED -> ResultMark.neither(word);
        };
        return new Test(
                nip,
                Nips.title(Integer.toString(nip)),
                mark,
                Said.of(capability.seen()),
                capability.finding() != Capability.Finding.NOT_TESTED);
    }
}
