package org.nostrmonitor.http.view;

import org.jspecify.annotations.Nullable;
import org.nostrmonitor.http.view.Upkeep.Heard;

/**
 * What the monitor stands on, and who reads it.
 *
 * @param postgres whether it answers
 * @param redis whether it answers
 * @param size of the database on disk, or null if nobody said
 * @param partitions how far ahead there are some, or null if nobody said
 * @param readers pages that listen at this node
 * @param clients of the relay at this node, or null if it has none
 */
public record Foundation(
        StateMark postgres,
        StateMark redis,
        @Nullable String size,
        @Nullable String partitions,
        String readers,
        @Nullable String clients) {
    private static final long GIGABYTE = 1_000_000_000L;
    private static final long MEGABYTE = 1_000_000L;

    static Foundation of(SystemParts parts) {
        Heard heard = parts.upkeep().heard();
        Long bytes = heard == null ? null : heard.databaseBytes();
        Long days = heard == null ? null : heard.partitionDays();
        Integer clients = parts.upkeep().clients();
        return new Foundation(
                answers(parts.cycles() != null && parts.depth() != null),
                answers(parts.workers() != null && parts.queue() != null),
                bytes == null ? null : size(bytes),
                days == null ? null : "made for " + Numbers.plural(days, "day", "days") + " from today on",
                Numbers.plural(parts.upkeep().readers(), "page listens", "pages listen") + " at this node",
                clients == null ? null : Numbers.plural(clients, "client", "clients") + " at this node");
    }

    private static StateMark answers(boolean yes) {
        return yes ? new StateMark("on", "is-on", "answers") : new StateMark("off", "is-off", "does not answer");
    }

    private static String size(long bytes) {
        return bytes >= GIGABYTE
                ? Numbers.tenths(bytes, GIGABYTE) + " GB"
                : Numbers.count(Math.max(1, bytes / MEGABYTE)) + " MB";
    }
}
