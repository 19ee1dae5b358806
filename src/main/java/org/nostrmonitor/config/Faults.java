package org.nostrmonitor.config;

import java.util.ArrayList;
import java.util.List;
import org.nostrmonitor.relay.Printable;

/** What is wrong with a configuration, in the order in which it was found; bounded. */
final class Faults {
    private static final int MOST = 100;
    private static final int LINE = 500;

    private final List<String> lines = new ArrayList<>();
    private int left;

    void add(String where, String what) {
        if (lines.size() < MOST) {
            lines.add(Printable.of(where + ": " + what, LINE));
        } else {
            left++;
        }
    }

    void add(String where, Wrong wrong) {
        wrong.parts().forEach(part -> add(where + part.at(), part.what()));
    }

    void throwIfAny() throws InvalidConfig {
        if (left > 0) {
            lines.add("and " + left + " more");
        }
        if (!lines.isEmpty()) {
            throw new InvalidConfig(lines);
        }
    }
}
