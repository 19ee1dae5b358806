package org.nostrmonitor.http.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.http.view.RelayLinks.Choice;
import org.nostrmonitor.http.view.SearchUrl.Pair;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.RelayViews.Item;
import org.nostrmonitor.storage.RelayViews.Seen;

/**
 * {@code /compare}: relays beside one another.
 *
 * @param notes what was asked for and is not shown, in sentences
 * @param kept what the form that looks for one more carries along
 * @param full whether there is room for no more
 * @param offered what was found to be added; null if nothing was looked for
 * @param plot null if nothing was measured, or nothing is chosen
 * @param days the axis over the strips
 */
public record ComparePage(
        Frame frame,
        Said verdict,
        String lede,
        List<Said> notes,
        String text,
        List<Pair> kept,
        boolean full,
        @Nullable List<Offer> offered,
        List<Head> heads,
        List<Choice> phases,
        List<Choice> ranges,
        List<Choice> regions,
        String title,
        @Nullable TimePlot plot,
        List<Axis.Tick> days,
        List<CompareTable.Group> groups,
        Strip.Legend legend) {

    /** A relay that could be added. */
    public record Offer(Address address, StateMark state, String href) {}

    /**
     * A relay of the comparison.
     *
     * @param letter by which it is told in tables
     * @param css the class of its line
     * @param trouble why it is not simply online, or null
     * @param remove the comparison without it
     */
    public record Head(
            String letter,
            String css,
            Address address,
            StateMark state,
            @Nullable String trouble,
            String remove,
            Strip strip) {}

    /** @param offered relays that match what was typed */
    public static ComparePage of(
            Frame.Site site, Now now, Comparison asked, List<Compared> relays, List<String> notes, List<Item> offered) {
        Said verdict = Said.of(CompareVerdict.of(relays, asked));
        boolean some = !relays.isEmpty();
        TimePlot plot = ComparePlot.of(relays, asked, now.at());
        List<Said> all = new ArrayList<>(notes.stream().map(Said::of).toList());
        unknown(relays, asked)
                .forEach(url -> all.add(Said.of(url + " is not among the relays that are checked here.")));
        return new ComparePage(
                Frame.of(site, now, "Compare relays", verdict.flat(), "compare"),
                verdict,
                CompareVerdict.lede(relays, now.at()),
                all,
                asked.text(),
                asked.kept(),
                asked.relays().size() >= Comparison.MOST,
                asked.text().isEmpty() ? null : offers(offered, asked, now.at()),
                heads(relays, asked, now.at()),
                asked.phases(),
                asked.ranges(),
                some ? asked.regions(regions(relays)) : List.of(),
                "Time to " + LatencyPlot.label(asked.phase())
                        + (asked.region() == null ? ", all regions" : ", from " + Said.flat(asked.region())),
                plot,
                Axis.hours(Strip.slot(Strip.end(now.at()), 0), Strip.end(now.at())),
                some ? CompareTable.of(relays, now.at()) : List.of(),
                Strip.LEGEND);
    }

    private static List<RelayUrl> unknown(List<Compared> relays, Comparison asked) {
        List<RelayUrl> known =
                relays.stream().map(relay -> relay.detail().item().url()).toList();
        return asked.relays().stream().filter(url -> !known.contains(url)).toList();
    }

    private static List<Offer> offers(List<Item> items, Comparison asked, Instant now) {
        return items.stream()
                .map(item -> new Offer(Address.of(item.url()), StateMark.of(item, now), asked.with(item.url())))
                .toList();
    }

    private static List<String> regions(List<Compared> relays) {
        return relays.stream()
                .flatMap(relay -> relay.detail().regions().stream())
                .map(Seen::region)
                .distinct()
                .sorted()
                .toList();
    }

    private static List<Head> heads(List<Compared> relays, Comparison asked, Instant now) {
        List<Head> heads = new ArrayList<>();
        for (Compared relay : relays) {
            Item item = relay.detail().item();
            int i = heads.size();
            heads.add(new Head(
                    letter(i),
                    css(i),
                    Address.of(item.url()),
                    StateMark.of(item, now),
                    RelayRow.trouble(item, now),
                    asked.without(item.url()),
                    Strip.of(item.strip(), now)));
        }
        return heads;
    }

    static String letter(int i) {
        return String.valueOf((char) ('A' + i));
    }

    static String css(int i) {
        return "l-c" + (i + 1);
    }
}
