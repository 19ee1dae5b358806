package org.nostrmonitor.http.view;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.storage.History.Up;
import org.nostrmonitor.storage.History.Uptimes;
import org.nostrmonitor.storage.RelayViews.Detail;
import org.nostrmonitor.storage.RelayViews.Item;
import org.nostrmonitor.storage.RelayViews.Uptime;

/** The figures at the head of a relay's page. */
final class RelayFigures {
    private static final int MONTH_DAYS = 30;
    private static final int YEAR_DAYS = 365;

    /** What is known of the last minutes is not known before the next check. */
    private static final Duration AS_GOOD_AS_ALL = Duration.ofMinutes(30);

    private RelayFigures() {}

    static List<Fig> of(Detail detail, Uptimes uptimes, Instant now) {
        Item item = detail.item();
        List<Fig> figs = new ArrayList<>();
        figs.add(uptime("Uptime 24 h", detail.day()));
        figs.add(uptime("7 d", detail.week()));
        figs.add(uptime("30 d", uptimes.month(), MONTH_DAYS, now));
        figs.add(uptime("1 y", uptimes.year(), YEAR_DAYS, now));
        if (!item.state().isUp()) {
            figs.add(lastOnline(detail, now));
        }
        figs.add(Fig.time(
                "Last checked",
                When.orNull(item.checkedAt(), now),
                detail.regions().isEmpty() ? "not yet" : "from " + regions(detail)));
        if (item.state() != RelayState.OFFLINE) {
            figs.add(Fig.ms("Open", item.open(), "TCP, TLS and upgrade"));
            figs.add(Fig.ms("Read", item.read(), "REQ to its answer"));
            figs.add(Fig.ms("Write", item.write(), item.write() == null ? "not measured" : "EVENT to its OK"));
        }
        return figs;
    }

    private static Fig lastOnline(Detail detail, Instant now) {
        Instant up = detail.lastUp();
        String ago = up == null ? "never seen online" : Numbers.span(Duration.between(up, now)) + " ago";
        return Fig.time("Last online", When.orNull(up, now), ago);
    }

    private static String regions(Detail detail) {
        int regions = detail.regions().size();
        return regions == 1 ? detail.regions().get(0).region() : regions + " regions";
    }

    private static Fig uptime(String name, Uptime uptime) {
        String note = Numbers.count(uptime.answered()) + " of " + Numbers.plural(uptime.made(), "check", "checks");
        return Fig.percent(
                name, uptime.up().toSeconds(), uptime.known().toSeconds(), uptime.made() == 0 ? "no checks" : note);
    }

    /** @param days of the calendar (UTC), of which today is one as far as it went */
    private static Fig uptime(String name, Up uptime, int days, Instant now) {
        Instant first = now.atOffset(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.DAYS)
                .minusDays(days - 1L)
                .toInstant();
        Duration span = Duration.between(first, now);
        Duration known = uptime.known();
        return Fig.percent(name, uptime.up().toSeconds(), known.toSeconds(), note(known, span));
    }

    private static String note(Duration known, Duration span) {
        if (known.isZero()) {
            return "nothing is known";
        }
        return known.plus(AS_GOOD_AS_ALL).compareTo(span) >= 0
                ? "all of it is known"
                : Numbers.span(known) + " of " + Numbers.span(span) + " known";
    }
}
