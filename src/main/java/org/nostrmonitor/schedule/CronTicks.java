package org.nostrmonitor.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** The moments that a cron expression names, in UTC. */
public final class CronTicks {
    private final ExecutionTime times;

    /**
     * @param cron five fields, Unix cron
     * @throws IllegalArgumentException if it is not
     */
    public CronTicks(String cron) {
        CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
        this.times = ExecutionTime.forCron(parser.parse(cron));
    }

    /** The first tick after this moment. */
    public Instant after(Instant moment) {
        ZonedDateTime utc = moment.atZone(ZoneOffset.UTC);
        return times.nextExecution(utc)
                .orElseThrow(() -> new IllegalStateException("the cron expression names no further moment"))
                .toInstant();
    }

    /** The gap between the next two ticks. */
    public Duration cadence(Instant moment) {
        Instant next = after(moment);
        return Duration.between(next, after(next));
    }
}
