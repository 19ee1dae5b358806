package org.nostrmonitor.config;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The moments that a cron expression names, in UTC, and how far they are apart. */
public final class CronTicks {
    private static final int MOST_COUNTED = 200;

    /** Asked for often, and worked out from all ticks of a day. */
    private record Cadence(Instant day, Duration gap) {}

    private final String cron;
    private final ExecutionTime times;
    private volatile @Nullable Cadence cadence;

    /**
     * Reads five fields of Unix cron.
     *
     * @throws IllegalArgumentException if they are not
     */
    public CronTicks(String cron) {
        this.cron = cron;
        this.times = ExecutionTime.forCron(
                new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX)).parse(cron));
    }

    /**
     * The first tick after this moment.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Instant after(Instant moment) {
        return times.nextExecution(moment.atZone(ZoneOffset.UTC))
                .orElseThrow(() -> new IllegalArgumentException("does not fire any more: " + cron))
                .toInstant();
    }

    /**
     * The newest tick up to this moment, which may be one itself.
     *
     * @throws IllegalArgumentException if there was none
     */
    public Instant upTo(Instant moment) {
        return before(moment.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1));
    }

    /** Whether this moment is a tick. */
    public boolean isTick(Instant moment) {
        return upTo(moment).equals(moment);
    }

    /** The ticks after the first moment up to and with the second, oldest first; if there are more, the newest so many. */
    public List<Instant> between(Instant after, Instant upTo, int most) {
        Deque<Instant> ticks = new ArrayDeque<>();
        Instant tick = upTo(upTo);
        while (tick.isAfter(after) && ticks.size() < most) {
            ticks.addFirst(tick);
            tick = before(tick);
        }
        return List.copyOf(ticks);
    }

    private Instant before(Instant moment) {
        return times.lastExecution(moment.atZone(ZoneOffset.UTC))
                .orElseThrow(() -> new IllegalArgumentException("did not fire yet: " + cron))
                .toInstant();
    }

    /**
     * The usual gap: the one that occurs most often between the ticks from the start of this day on, and of several the
     * longest. Clients take a relay for gone when they hear nothing for one and a half of it, so it must not be the
     * exception.
     */
    public Duration cadence(Instant day) {
        Instant start = day.truncatedTo(ChronoUnit.DAYS);
        Cadence known = cadence;
        if (known == null || !known.day.equals(start)) {
            known = new Cadence(start, usualGap(start));
            cadence = known;
        }
        return known.gap;
    }

    private Duration usualGap(Instant start) {
        Instant end = start.plus(1, ChronoUnit.DAYS);
        Map<Duration, Integer> gaps = new HashMap<>();
        Instant last = after(start.minusNanos(1));
        for (int i = 0; i < MOST_COUNTED; i++) {
            Instant next = after(last);
            if (!gaps.isEmpty() && next.isAfter(end)) {
                break;
            }
            gaps.merge(Duration.between(last, next), 1, Integer::sum);
            last = next;
        }
        return mostFrequent(gaps);
    }

    private static Duration mostFrequent(Map<Duration, Integer> gaps) {
        return gaps.entrySet().stream()
                .max(Map.Entry.<Duration, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
                .orElseThrow()
                .getKey();
    }
}
