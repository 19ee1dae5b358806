package org.nostrmonitor.http.view;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.nostrmonitor.storage.Statistics.Day;
import org.nostrmonitor.storage.Statistics.Kind;
import org.nostrmonitor.storage.Statistics.Series;
import org.nostrmonitor.storage.Statistics.Tallies;

/** {@code /statistics}: what relays have in common, and how that changes. */
public record StatisticsPage(
        Frame frame, String verdict, String lede, List<Range.Link> ranges, List<TallyPanel> panels) {
    public static final List<Range> RANGES = List.of(Range.MONTH, Range.QUARTER, Range.YEAR);

    /** So many values of each kind. */
    public static final int ROWS = 10;

    public StatisticsPage {
        ranges = List.copyOf(ranges);
        panels = List.copyOf(panels);
    }

    /** @param tallies of each kind, software first */
    public static StatisticsPage of(
            Frame.Site site, Now now, Range range, LocalDate from, LocalDate to, List<Tallies> tallies) {
        String verdict = verdict(tallies.get(0));
        return new StatisticsPage(
                Frame.of(site, now, "Statistics", verdict, "statistics"),
                verdict,
                lede(tallies.get(0), range, now.at()),
                range.links("/statistics", "", RANGES),
                tallies.stream()
                        .map(one -> TallyPanel.of(one, from, to, now.at()))
                        .toList());
    }

    private static String verdict(Tallies software) {
        if (software.kind() != Kind.SOFTWARE) {
            throw new IllegalArgumentException("software comes first");
        }
        if (software.days().isEmpty()) {
            return "Nothing is counted yet.";
        }
        Day last = software.days().get(software.days().size() - 1);
        if (software.series().isEmpty()) {
            return last.up() == 0 ? "No relay is up." : "No relay says what it runs.";
        }
        Series first = software.series().get(0);
        return "Of " + Numbers.plural(last.told(), "relay that says what it runs, ", "relays that say what they run, ")
                + Numbers.count(TallyPanel.last(first))
                + (TallyPanel.last(first) == 1 ? " runs " : " run ")
                + Said.flat(Software.shortName(first.what())) + ".";
    }

    private static String lede(Tallies software, Range range, Instant now) {
        List<Day> days = software.days();
        if (days.isEmpty()) {
            return "The monitor counts every ten minutes what relays that are up have in common, and keeps the last count of"
                    + " each day. Nothing is told of the time before it began.";
        }
        Day first = days.get(0);
        Day last = days.get(days.size() - 1);
        String up = Numbers.plural(last.up(), "relay is", "relays are") + " up, as counted at "
                + When.of(last.takenAt(), now).text() + " UTC.";
        if (days.size() < 2) {
            return up + " There is one day of numbers; how they change is told from the second on.";
        }
        return up + " In the last " + range.words() + ", "
                + Numbers.plural(days.size(), "day was counted", "days were counted")
                + (software.everyDays() > 1 ? ", every " + software.everyDays() + " days" : "") + ", the first on "
                + DayAxis.day(first.day()) + " with " + Numbers.plural(first.up(), "relay", "relays") + " up.";
    }
}
