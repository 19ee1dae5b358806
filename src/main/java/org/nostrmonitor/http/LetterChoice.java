package org.nostrmonitor.http;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.nostrmonitor.http.view.Numbers;

/**
 * Which dead letters of a region an action is about.
 *
 * @param all whether it is about all that are there, whatever {@code ids} says
 */
record LetterChoice(String region, boolean all, Set<String> ids) {
    LetterChoice {
        ids = Set.copyOf(ids);
    }

    static LetterChoice all(String region) {
        return new LetterChoice(region, true, Set.of());
    }

    static LetterChoice of(String region, Collection<String> ids) {
        return new LetterChoice(region, false, new LinkedHashSet<>(ids));
    }

    /** For the log: "all dead letters of eu", "3 dead letters of eu". */
    String words() {
        String which = all ? "all dead letters" : Numbers.plural(ids.size(), "dead letter", "dead letters");
        return which + " of " + region;
    }
}
