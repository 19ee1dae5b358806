package org.nostrmonitor.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.nostrmonitor.schedule.Outages.Outage;

/** Times and numbers as people read them. UTC. */
final class Words {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Words() {}

    /** {@code 12:00}; with the day if that is half a day or more away from now. */
    static String time(Instant at, Instant now) {
        boolean isNear = Duration.between(at, now).abs().compareTo(Duration.ofHours(12)) < 0;
        return (isNear ? TIME : DAY).format(at);
    }

    /** {@code 1 check}, {@code 3,200 checks}. */
    static String checks(int count) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? "check" : "checks");
    }

    static String number(int count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** {@code PostgreSQL did not answer from 12:03 to 12:41}. */
    static String outage(String what, Outage outage, Instant now) {
        return what + " did not answer from " + time(outage.from(), now) + " to " + time(outage.until(), now);
    }
}
