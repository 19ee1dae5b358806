package org.nostrmonitor.storage;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.Stands;
import org.nostrmonitor.storage.Sheet.Check;

/**
 * When a relay was up, when it was down, and when that is not known: the one place where uptime is computed, as
 * {@code docs/probing.md} defines it. A check stands from its cycle until the next one, but not for longer than {@link Stands}
 * says. A check that found nothing out stands for nothing.
 */
final class Timeline {
    /** How far back a check can be and still stand, rounded up to whole days. */
    static final int DAYS_BEFORE = 1;

    static final Timeline NOTHING = new Timeline(List.of());

    private static final int SPAN_BYTES = 8;

    private final List<Span> spans;

    /** Seconds since 1970, the end not included. */
    private record Span(long from, long to, boolean up) {
        Span within(long first, long end) {
            return new Span(Math.max(from, first), Math.min(to, end), up);
        }
    }

    /** @param up seconds of {@code known} that it was up */
    record Weighed(long up, long known) {
        static final Weighed NOTHING = new Weighed(0, 0);

        Weighed plus(Weighed other) {
            return new Weighed(up + other.up, known + other.known);
        }
    }

    private Timeline(List<Span> spans) {
        this.spans = spans;
    }

    /**
     * What most regions say that know something at a time; up in a tie, as {@link ReportSql#SUMMARIES}.
     *
     * @param regions the checks of each, in any order
     */
    static Timeline of(Collection<List<Check>> regions) {
        Changes changes = new Changes();
        for (List<Check> region : regions) {
            changes(inOrder(region), changes);
        }
        return changes.timeline();
    }

    private static List<Check> inOrder(List<Check> checks) {
        for (int i = 1; i < checks.size(); i++) {
            if (checks.get(i).second() < checks.get(i - 1).second()) {
                return checks.stream()
                        .sorted(Comparator.comparingLong(Check::second))
                        .toList();
            }
        }
        return checks;
    }

    /** Of how many regions find it up or down. A month has many thousands: each is a second, and which of four it is. */
    private static final class Changes {
        /** Two bits: up or down, and begin or end. */
        private static final int KIND_BITS = 2;

        private static final int KIND = 3;
        private static final int DOWN = 2;

        private long[] all = new long[256];
        private int size;

        void add(long second, boolean up, boolean begins) {
            if (size == all.length) {
                all = Arrays.copyOf(all, 2 * size);
            }
            all[size++] = (second << KIND_BITS) + (up ? 0 : DOWN) + (begins ? 1 : 0);
        }

        Timeline timeline() {
            Arrays.sort(all, 0, size);
            List<Span> spans = new ArrayList<>();
            int up = 0;
            int down = 0;
            long from = 0;
            for (int i = 0; i < size; i++) {
                long at = all[i] >> KIND_BITS;
                int kind = (int) all[i] & KIND;
                if (up + down > 0 && at > from) {
                    spans.add(new Span(from, at, up >= down));
                }
                int by = kind % 2 == 1 ? 1 : -1;
                up += kind < DOWN ? by : 0;
                down += kind < DOWN ? 0 : by;
                from = at;
            }
            return new Timeline(spans);
        }
    }

    private static void changes(List<Check> checks, Changes to) {
        long deadSince = 0;
        for (int i = 0; i < checks.size(); i++) {
            Check check = checks.get(i);
            if (check.state().isUp()) {
                deadSince = 0;
            } else if (deadSince == 0 && check.state() == RelayState.OFFLINE) {
                deadSince = check.second();
            }
            if (check.state() != RelayState.UNKNOWN) {
                long end = check.second() + stands(check, deadSince);
                boolean isLast = i + 1 == checks.size();
                boolean up = check.state().isUp();
                to.add(check.second(), up, true);
                to.add(isLast ? end : Math.min(end, checks.get(i + 1).second()), up, false);
            }
        }
    }

    private static long stands(Check check, long deadSince) {
        return Stands.seconds(deadSince == 0 ? 0 : check.second() - deadSince);
    }

    /** From one second to another, the second not included. */
    Weighed within(long from, long to) {
        long up = 0;
        long known = 0;
        for (int i = firstAfter(from); i < spans.size() && spans.get(i).from < to; i++) {
            Span span = spans.get(i);
            long seconds = Math.min(span.to, to) - Math.max(span.from, from);
            known += seconds;
            up += span.up ? seconds : 0;
        }
        return new Weighed(up, known);
    }

    /** The part from one second to another, in as few spans as tell it. */
    Timeline between(long from, long to) {
        return new Timeline(joined(from, to, new ArrayList<>()));
    }

    /** This one until a second, and another one from there on. */
    Timeline until(long second, Timeline other) {
        return new Timeline(other.joined(second, Long.MAX_VALUE, joined(Long.MIN_VALUE, second, new ArrayList<>())));
    }

    private List<Span> joined(long from, long to, List<Span> before) {
        for (int i = firstAfter(from); i < spans.size() && spans.get(i).from < to; i++) {
            Span next = spans.get(i).within(from, to);
            Span last = before.isEmpty() ? null : before.get(before.size() - 1);
            if (last != null && last.to == next.from && last.up == next.up) {
                before.set(before.size() - 1, new Span(last.from, next.to, next.up));
            } else {
                before.add(next);
            }
        }
        return before;
    }

    /** Eight bytes a span: the second of its begin, and its length in seconds twice, and one more if it was up. */
    Buffer write() {
        Buffer bytes = Buffer.buffer(spans.size() * SPAN_BYTES);
        for (Span span : spans) {
            bytes.appendUnsignedInt(span.from).appendUnsignedInt(2 * (span.to - span.from) + (span.up ? 1 : 0));
        }
        return bytes;
    }

    /** What {@link #write} wrote. */
    static Timeline read(Buffer bytes) {
        List<Span> spans = new ArrayList<>(bytes.length() / SPAN_BYTES);
        for (int at = 0; at + SPAN_BYTES <= bytes.length(); at += SPAN_BYTES) {
            long from = bytes.getUnsignedInt(at);
            long length = bytes.getUnsignedInt(at + SPAN_BYTES / 2);
            spans.add(new Span(from, from + length / 2, length % 2 == 1));
        }
        return new Timeline(spans);
    }

    /** The first span that ends after this second. */
    private int firstAfter(long second) {
        int low = 0;
        int high = spans.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (spans.get(middle).to > second) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
