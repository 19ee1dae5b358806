package org.nostrmonitor.storage;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.History.Times;

/** How often each {@link TimeCode} came: times that can be added up, and still tell their percentiles. */
final class Histogram {
    private static final int MOST_IN_A_PAIR = 255;

    /** On both sides: the next one is near the first, and need not move all. */
    private static final int ROOM = 6;

    /** By code less one: from {@code lowest} on. Most histograms span a few codes, and there are thousands of them. */
    private int[] counts = {};

    private int lowest;
    private int total;

    /** No time is not counted. */
    void add(int code) {
        add(code, 1);
    }

    private void add(int code, int times) {
        if (code != TimeCode.NONE && times > 0) {
            reach(code);
            counts[code - lowest] += times;
            total += times;
        }
    }

    private void reach(int code) {
        if (counts.length == 0) {
            lowest = Math.max(1, code - ROOM);
            counts = new int[code + ROOM + 1 - lowest];
        } else if (code < lowest) {
            int first = Math.max(1, code - ROOM);
            int[] wider = new int[lowest + counts.length - first];
            System.arraycopy(counts, 0, wider, lowest - first, counts.length);
            counts = wider;
            lowest = first;
        } else if (code >= lowest + counts.length) {
            counts = Arrays.copyOf(counts, code + ROOM + 1 - lowest);
        }
    }

    /** Null if it is empty. */
    @Nullable
    Times times() {
        return total == 0 ? null : new Times(total, percentile(50), percentile(95), percentile(99));
    }

    private Duration percentile(int percent) {
        return TimeCode.time(code(percent));
    }

    /** The smallest that at least so many per cent of all do not exceed; none if it is empty. */
    int code(int percent) {
        if (total == 0) {
            return TimeCode.NONE;
        }
        long rank = ((long) total * percent + 99) / 100;
        int at = -1;
        for (long seen = 0; seen < rank; seen += counts[at]) {
            at++;
        }
        return lowest + at;
    }

    /** The number of pairs, and pairs of a code and how often: two bytes each. What came more often takes several. */
    void write(ByteArrayOutputStream to) {
        ByteArrayOutputStream pairs = new ByteArrayOutputStream();
        for (int at = 0; at < counts.length; at++) {
            for (int left = counts[at]; left > 0; left -= MOST_IN_A_PAIR) {
                pairs.write(lowest + at);
                pairs.write(Math.min(left, MOST_IN_A_PAIR));
            }
        }
        int count = pairs.size() / 2;
        to.write(count >> 8);
        to.write(count);
        to.writeBytes(pairs.toByteArray());
    }

    /** Passes over what {@link #write} wrote. */
    static void skip(ByteBuffer from) {
        int pairs = Short.toUnsignedInt(from.getShort());
        from.position(from.position() + 2 * pairs);
    }

    /** Adds what {@link #write} wrote. */
    void read(ByteBuffer from) {
        for (int pairs = Short.toUnsignedInt(from.getShort()); pairs > 0; pairs--) {
            add(Byte.toUnsignedInt(from.get()), Byte.toUnsignedInt(from.get()));
        }
    }
}
