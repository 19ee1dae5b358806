package org.nostrmonitor.http.view;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.Statistics.Day;
import org.nostrmonitor.storage.Statistics.Kind;
import org.nostrmonitor.storage.Statistics.Series;
import org.nostrmonitor.storage.Statistics.Tallies;

/**
 * {@code /statistics}: what relays have in common, and how that changes.
 *
 * @param verdict a sentence, or its beginning if it ends in a name
 * @param first the software that most relays run, at the end of the verdict; null if there is none
 * @param lines what the charts show, or null if there are none
 */
public record StatisticsPage(
        Frame frame,
        String verdict,
        @Nullable Said first,
        String lede,
        List<Range.Link> ranges,
        @Nullable String lines,
        List<TallyPanel> panels) {
    public static final List<Range> RANGES = List.of(Range.MONTH, Range.QUARTER, Range.YEAR);

    /** So many values of each kind. */
    public static final int ROWS = 10;

    private static final int LONGEST_NAME = 60;
    private static final String LINES =
            "Drawn are, of each kind, the five that most relays have by the last count. A day that"
                    + " was not counted is a gap.";

    public StatisticsPage {
        ranges = List.copyOf(ranges);
        panels = List.copyOf(panels);
    }

    /** @param tallies of each kind, software first */
    public static StatisticsPage of(Frame.Site site, Now now, Range range, LocalDate to, List<Tallies> tallies) {
        Tallies software = tallies.get(0);
        String verdict = verdict(software);
        Said first =
                software.series().isEmpty() ? null : first(software.series().get(0));
        List<TallyPanel> panels =
                tallies.stream().map(one -> TallyPanel.of(one, to, now.at())).toList();
        return new StatisticsPage(
                Frame.of(
                        site,
                        now,
                        "Statistics",
                        first == null ? verdict : verdict + " " + first.flat() + ".",
                        "statistics"),
                verdict,
                first,
                lede(software, range, now.at()),
                range.links("/statistics", "", RANGES),
                panels.stream().allMatch(panel -> panel.plot() == null) ? null : LINES,
                panels);
    }

    private static Said first(Series software) {
        return Said.of(TallyWords.name(Kind.SOFTWARE, software), LONGEST_NAME, "…");
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
        int most = TallyPanel.last(software.series().get(0));
        return "Of " + Numbers.plural(last.told(), "relay that says what it runs, ", "relays that say what they run, ")
                + Numbers.count(most) + (most == 1 ? " runs" : " run");
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
        if (days.size() < TallyPlot.FEWEST_DAYS) {
            return up + " The counts of the last " + range.words() + " begin on " + DayAxis.day(first.day())
                    + "; how they change is drawn from the second day on.";
        }
        int every = software.everyDays();
        return up + " In the last " + range.words() + ", "
                + (every == 1
                        ? Numbers.plural(days.size(), "day was counted", "days were counted")
                        : "of which one day in " + every + " is told, " + days.size() + " such days were counted")
                + ", the first on " + DayAxis.day(first.day()) + " with "
                + Numbers.plural(first.up(), "relay", "relays") + " up.";
    }
}
