package org.nostrmonitor.schedule;

import java.time.Duration;
import java.util.Set;
import org.nostrmonitor.config.CronTicks;

/**
 * What a scheduler goes by.
 *
 * @param home the regions that this process has a worker of: its own, or none
 * @param holder names this scheduler, unlike any other's also after a restart
 * @param lease how long it leads without renewing; another takes over so long after it died, at most
 */
public record ScheduleSettings(CronTicks ticks, CheckPlan plan, Set<String> home, String holder, Duration lease) {
    /** Renewed every five seconds: two tries in vain cost nothing. */
    public static final Duration LEASE = Duration.ofSeconds(15);

    public ScheduleSettings {
        home = Set.copyOf(home);
    }
}
