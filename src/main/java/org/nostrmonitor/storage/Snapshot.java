package org.nostrmonitor.storage;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which transactions a statement of PostgreSQL could see: those before the first that still ran, and of the later ones those
 * that had ended. By time nobody could tell: what began earlier may become visible later.
 *
 * @param first the lowest transaction that still ran
 * @param next the lowest that had not begun
 * @param running those in between that still ran
 */
public record Snapshot(long first, long next, Set<Long> running) {
    public Snapshot {
        running = Set.copyOf(running);
    }

    /** @param text as PostgreSQL writes its {@code pg_snapshot}: {@code first:next:running,running} */
    static Snapshot parse(String text) {
        String[] parts = text.split(":", -1);
        Set<Long> running = Arrays.stream(parts[2].split(","))
                .filter(id -> !id.isEmpty())
                .map(Long::valueOf)
                .collect(Collectors.toSet());
        return new Snapshot(Long.parseLong(parts[0]), Long.parseLong(parts[1]), running);
    }

    /** Whether what this transaction wrote was there to be seen, if it was committed. */
    public boolean sees(long writer) {
        return writer < first || (writer < next && !running.contains(writer));
    }
}
