package org.nostrmonitor.storage;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.History.Phase;
import org.nostrmonitor.storage.Sheet.Check;

/**
 * The median time to open of each of 24 hours, over all regions, as {@link TimeCode}s.
 *
 * @param newest the number of the last hour, counted from 1970
 */
record OpenHours(int newest, Buffer codes) {
    static final int HOURS = 24;
    static final OpenHours NONE = new OpenHours(0, Buffer.buffer(new byte[HOURS]));

    /** As {@link #times} of hours in which nothing was measured. */
    static final List<@Nullable Duration> NO_TIMES = Collections.nCopies(HOURS, null);

    private static final long HOUR_SECONDS = 3600;
    private static final int MEDIAN = 50;

    static OpenHours of(Collection<List<Check>> regions, Instant now) {
        int newest = hour(now);
        Histogram[] hours = new Histogram[HOURS];
        for (List<Check> region : regions) {
            for (Check check : region) {
                long at = Math.floorDiv(check.second(), HOUR_SECONDS) - newest + HOURS - 1;
                if (at >= 0 && at < HOURS) {
                    Histogram one = hours[(int) at];
                    hours[(int) at] = one == null ? new Histogram() : one;
                    hours[(int) at].add(check.time(Phase.OPEN));
                }
            }
        }
        Buffer codes = Buffer.buffer(HOURS);
        for (Histogram hour : hours) {
            codes.appendUnsignedByte((short) (hour == null ? TimeCode.NONE : hour.code(MEDIAN)));
        }
        return new OpenHours(newest, codes);
    }

    static int hour(Instant time) {
        return (int) Math.floorDiv(time.getEpochSecond(), HOUR_SECONDS);
    }

    /** The same seen at another hour: what is not known of it is not measured. */
    OpenHours until(int hour) {
        if (hour == newest) {
            return this;
        }
        Buffer moved = Buffer.buffer(HOURS);
        for (int i = 0; i < HOURS; i++) {
            long at = (long) i + hour - newest;
            moved.appendByte(at >= 0 && at < HOURS ? codes.getByte((int) at) : TimeCode.NONE);
        }
        return new OpenHours(hour, moved);
    }

    /** Oldest first; null where nothing was measured. */
    List<@Nullable Duration> times() {
        List<@Nullable Duration> times = new ArrayList<>(HOURS);
        for (int i = 0; i < HOURS; i++) {
            int code = codes.getUnsignedByte(i);
            times.add(code == TimeCode.NONE ? null : TimeCode.time(code));
        }
        return Collections.unmodifiableList(times);
    }
}
