package org.nostrmonitor.http.view;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Explanation;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.storage.RelayViews.Seen;
import org.nostrmonitor.storage.RelayViews.Uptime;

/**
 * The last day as one region saw it.
 *
 * @param uptime per cent, or null if nothing was measured
 */
public record RegionDay(
        String region,
        Strip strip,
        @Nullable String uptime,
        String made,
        @Nullable String open,
        StateMark state,
        String latest,
        When checked) {
    static RegionDay of(Seen seen, Instant now) {
        Uptime day = seen.day();
        Outcome decisive = seen.report().decisive();
        boolean wrong = seen.state() != RelayState.ONLINE && !decisive.passed();
        StateMark mark = StateMark.of(seen.state());
        return new RegionDay(
                seen.region(),
                Strip.of(seen.strip(), now),
                day.known().isZero()
                        ? null
                        : Numbers.percent(day.up().toSeconds(), day.known().toSeconds(), 2),
                Numbers.count(day.answered()) + " of " + Numbers.plural(day.made(), "check", "checks"),
                Numbers.msOrNull(seen.report().rttOpen()),
                mark,
                wrong ? Explanation.of(decisive) : mark.word().toLowerCase(Locale.ROOT),
                When.of(seen.report().checkedAt(), now));
    }
}
