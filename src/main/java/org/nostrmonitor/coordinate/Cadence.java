package org.nostrmonitor.coordinate;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How often a cron expression fires.
 *
 * <p>The answer is the usual gap, the one that occurs most often between the executions of a day, and of several the
 * longest: clients take a relay for gone when they hear nothing for one and a half of it, so it must not be the exception.
 */
public final class Cadence {
    private static final int MOST_EXECUTIONS = 200;

    private Cadence() {}

    /**
     * The usual gap between executions from the start of a day, UTC; of rare ones, at least the gap between the next two.
     *
     * @param cron five fields (Unix cron)
     * @throws IllegalArgumentException if it is no cron expression, or fires less than twice from that day on
     */
    public static Duration of(String cron, Instant day) {
        ExecutionTime times = ExecutionTime.forCron(
                new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX)).parse(cron));
        ZonedDateTime start = day.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS);
        ZonedDateTime last = first(times, start.minusNanos(1), cron);
        Map<Duration, Integer> gaps = new HashMap<>();
        for (int i = 0; i < MOST_EXECUTIONS; i++) {
            ZonedDateTime next = first(times, last, cron);
            if (!gaps.isEmpty() && next.isAfter(start.plusDays(1))) {
                break;
            }
            gaps.merge(Duration.between(last, next), 1, Integer::sum);
            last = next;
        }
        return mostFrequent(gaps);
    }

    private static ZonedDateTime first(ExecutionTime times, ZonedDateTime after, String cron) {
        Optional<ZonedDateTime> next = times.nextExecution(after);
        return next.orElseThrow(() -> new IllegalArgumentException("fires less than twice: " + cron));
    }

    private static Duration mostFrequent(Map<Duration, Integer> gaps) {
        return gaps.entrySet().stream()
                .max(Map.Entry.<Duration, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
                .orElseThrow()
                .getKey();
    }
}
