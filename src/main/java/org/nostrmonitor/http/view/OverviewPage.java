package org.nostrmonitor.http.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.cache.Workers.Worker;
import org.nostrmonitor.relay.Network;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.storage.History.NetworkPoint;
import org.nostrmonitor.storage.RelayViews.Overview;
import org.nostrmonitor.storage.RelayViews.Page;

/**
 * {@code /}: how the network is, how far the cycle is, what is broken now, and the first relays of the list.
 *
 * @param aliases how many URLs lead to relays under another, in words, or null if none does
 * @param doubts of workers about their own network: then the rest of the page is older than it looks
 */
public record OverviewPage(
        Frame frame,
        String verdict,
        String lede,
        List<Fig> figs,
        List<Alarm> doubts,
        @Nullable CyclePanel cycle,
        NetworkPanels network,
        OngoingPanel incidents,
        List<Bar> failures,
        List<Bar> software,
        List<Bar> nips,
        List<Bar> networks,
        List<RelayRow> rows,
        List<Column> columns,
        String totalText,
        @Nullable String aliases,
        @Nullable String next,
        Strip.Legend legend) {
    /** How many relays of the list stand here. */
    public static final int ROWS = 20;

    /** @param stale from when the overview is, if PostgreSQL is away; else null */
    public static OverviewPage of(
            Frame.Site site,
            Now now,
            Overview overview,
            @Nullable Instant stale,
            NetworkParts parts,
            Page first,
            List<Worker> workers) {
        NetworkStory story = new NetworkStory(overview, stale, now.at());
        String verdict = story.verdict();
        return new OverviewPage(
                Frame.of(site, now, story.title(), verdict, "overview"),
                verdict,
                story.lede(),
                figs(overview, parts.aWeekAgo()),
                Stream.concat(Alarm.ofBefore("the network", stale, now.at()), SystemAlarms.doubts(workers).stream())
                        .toList(),
                CyclePanel.of(now),
                NetworkPanels.of(parts, overview, now.at()),
                OngoingPanel.of(story),
                Bar.failures(overview.failures()),
                Bar.software(overview.software()),
                Bar.nips(overview.nips()),
                networks(overview.upByNetwork()),
                first.items().stream().map(item -> RelayRow.of(item, now.at())).toList(),
                Column.of(Search.all(ROWS)),
                Numbers.count(story.total()),
                aliases(overview.aliases()),
                first.next() == null ? null : Search.all(ROWS).at(first.next()).href(),
                Strip.LEGEND);
    }

    private static @Nullable String aliases(int aliases) {
        return aliases == 0 ? null : Numbers.plural(aliases, "more URL leads", "more URLs lead") + " to them";
    }

    private static int count(Map<RelayState, Integer> states, RelayState state) {
        return states.getOrDefault(state, 0);
    }

    /** @param aWeekAgo how many there were then, or null if nobody counted */
    private static List<Fig> figs(Overview overview, @Nullable NetworkPoint aWeekAgo) {
        List<Fig> figs = new ArrayList<>();
        int total = NetworkStory.total(overview.states());
        for (RelayState state :
                List.of(RelayState.ONLINE, RelayState.DEGRADED, RelayState.OFFLINE, RelayState.UNKNOWN)) {
            int n = count(overview.states(), state);
            StateMark mark = StateMark.of(state);
            String note = total == 0 ? "" : Numbers.percent(n, total, 1) + " %" + change(state, n, aWeekAgo);
            figs.add(new Fig(
                    mark.word(), mark, "/relays?status=" + state.label(), Numbers.count(n), "", null, note, ""));
        }
        String p95 = Numbers.msOrNull(overview.openP95());
        figs.add(Fig.ms("Open, p50", overview.openP50(), p95 == null ? "not measured yet" : "p95 " + p95 + " ms"));
        figs.add(Fig.ms(
                "Read, p50", overview.readP50(), overview.readP50() == null ? "not measured yet" : "last checks"));
        return figs;
    }

    private static String change(RelayState state, int n, @Nullable NetworkPoint aWeekAgo) {
        if (aWeekAgo == null) {
            return "";
        }
        int then = switch (state) {
            case ONLINE -> aWeekAgo.online();
            case DEGRADED -> aWeekAgo.degraded();
            case OFFLINE -> aWeekAgo.offline();
            case UNKNOWN -> aWeekAgo.unknown();
        };
        return ", " + Numbers.change(n - then) + " in 7 d";
    }

    private static List<Bar> networks(Map<Network, Integer> up) {
        int largest = up.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        return Stream.of(Network.values())
                .filter(network -> up.getOrDefault(network, 0) > 0)
                .map(network -> Bar.of(
                        Networks.name(network),
                        "/relays?network=" + network.label(),
                        null,
                        up.getOrDefault(network, 0),
                        largest))
                .toList();
    }
}
