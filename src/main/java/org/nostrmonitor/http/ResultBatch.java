package org.nostrmonitor.http;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.RelayViews.Result;

/**
 * Some results, newest first, and where the next ones begin. A page ends with a whole cycle: what is asked for next is
 * older than a cycle, so regions of a cycle that was cut in two would be lost.
 *
 * @param next results of cycles before this one follow; null if none do
 */
record ResultBatch(List<Result> rows, @Nullable Instant next) {
    /**
     * @param read at most {@code limit} results
     * @param manyRegions whether a cycle may have several
     */
    static ResultBatch of(List<Result> read, int limit, boolean manyRegions) {
        if (read.size() < limit) {
            return new ResultBatch(read, null);
        }
        Instant last = read.get(read.size() - 1).cycle();
        List<Result> whole =
                read.stream().takeWhile(result -> result.cycle().isAfter(last)).toList();
        if (!manyRegions || whole.isEmpty()) {
            return new ResultBatch(read, last);
        }
        return new ResultBatch(whole, whole.get(whole.size() - 1).cycle());
    }
}
