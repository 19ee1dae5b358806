package org.nostrmonitor.http.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.queue.QueueView.JobStatus;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Known;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.Family;
import org.nostrmonitor.storage.History.Incidents;
import org.nostrmonitor.storage.History.Phase;
import org.nostrmonitor.storage.History.Point;
import org.nostrmonitor.storage.History.Uptimes;
import org.nostrmonitor.storage.OtherMonitors.Testimony;
import org.nostrmonitor.storage.Published;
import org.nostrmonitor.storage.RelayViews.Detail;
import org.nostrmonitor.storage.RelayViews.Item;
import org.nostrmonitor.storage.RelayViews.Result;
import org.nostrmonitor.storage.RelayViews.Seen;

/**
 * {@code /relays/{url}}: one relay, its state with the reason, and the evidence.
 *
 * @param end of the last day's strips
 * @param live what is under way for it
 * @param choices the regions to see it from; empty if there is only one
 * @param waterfall null if it was never checked
 * @param document the NIP-11 document as received, or null
 * @param monitors what others say of it, or null if they are not read
 */
public record RelayPage(
        Frame frame,
        Address address,
        String network,
        String networkHref,
        StateMark state,
        Sentence verdict,
        String lede,
        String api,
        LiveJobs live,
        List<Fig> figs,
        List<RelayLinks.Choice> choices,
        @Nullable Waterfall waterfall,
        About about,
        Whereabouts whereabouts,
        KinPanel kin,
        List<RegionDay> days,
        List<Axis.Tick> dayTicks,
        String end,
        HistoryPanel history,
        IncidentPanel incidents,
        Results results,
        Claims claims,
        Behaviour behaviour,
        @Nullable Said document,
        @Nullable When documentSeen,
        List<EventPanel> events,
        EmbedPanel embed,
        @Nullable MonitorsPanel monitors,
        Strip.Legend legend) {

    /** Of a document. */
    private static final int LONGEST = 20_000;

    /** @param ip what was dialled last, or null */
    public record About(
            @Nullable String ip,
            int port,
            boolean secure,
            When added,
            Said source,
            boolean enabled,
            @Nullable When lastUp) {}

    /** @param newer back to the newest, or null if these are; {@code older} null at the end */
    public record Results(
            List<ResultRow> rows,
            @Nullable String newer,
            @Nullable String older) {}

    /**
     * What its URL asks for.
     *
     * @param region to see it from, or null for the first
     * @param before where the page of results begins, or null for the newest
     * @param cursor where the page of incidents begins, or null for the newest
     * @param origin of this site as the reader sees it, {@code https://monitor.example}
     */
    public record Asked(
            @Nullable String region,
            @Nullable Instant before,
            @Nullable String cursor,
            Range range,
            Phase phase,
            String origin) {}

    /**
     * What was, of the relay.
     *
     * @param points of the region shown; empty if a day is asked for, of which all checks are shown
     */
    public record Past(Uptimes uptimes, Incidents incidents, List<Point> points) {
        public Past {
            points = List.copyOf(points);
        }
    }

    /**
     * What the page is made from.
     *
     * @param day the newest results of the region shown, newest first
     * @param results the page of results, newest first
     * @param next where the next page of results begins, or null
     * @param jobs where its jobs are, or null if Redis did not say
     * @param admin whether a check can be asked for with a token
     * @param notice what came of asking for a check, or null
     */
    public record Parts(
            Asked asked,
            Detail detail,
            Family family,
            Past past,
            List<Result> day,
            List<Result> results,
            @Nullable Instant next,
            List<Published> events,
            Testimony others,
            @Nullable List<JobStatus> jobs,
            boolean admin,
            @Nullable Notice notice) {}

    /** The region a page shows: the one asked for if it has seen the relay, else the first. */
    public static @Nullable Seen shown(Detail detail, @Nullable String region) {
        return detail.regions().stream()
                .filter(seen -> seen.region().equals(region))
                .findFirst()
                .or(() -> detail.regions().stream().findFirst())
                .orElse(null);
    }

    public static RelayPage of(Frame.Site site, Now now, Parts parts) {
        Instant at = now.at();
        Detail detail = parts.detail();
        Item item = detail.item();
        RelayUrl url = item.url();
        Address address = Address.of(url);
        Asked asked = parts.asked();
        Seen seen = shown(detail, asked.region());
        String region = seen == null ? null : seen.region();
        RelayLinks links =
                new RelayLinks(address, asked.region() == null ? null : region, asked.range(), asked.phase());
        CheckReport report = seen == null ? null : seen.report();
        Known known = seen == null ? Known.NOTHING : seen.known();
        StateMark mark = StateMark.of(item, at);
        Sentence verdict = RelayStory.verdict(detail, seen, at);
        Instant end = Strip.end(at);
        String document = detail.document();
        return new RelayPage(
                Frame.of(site, now, mark.word() + ": " + address.text() + address.tail(), verdict.flat(), "relays")
                        .withFeed(EmbedPanel.feed(address)),
                address,
                Networks.name(url.network()),
                "/relays?network=" + url.network().label(),
                mark,
                verdict,
                RelayStory.lede(detail, seen, at),
                "/api/v1" + address.href(),
                LiveJobs.of(parts.jobs(), address, parts.admin(), parts.notice(), at),
                RelayFigures.of(detail, parts.past().uptimes(), at),
                detail.regions().size() < 2
                        ? List.of()
                        : links.regions(
                                detail.regions().stream().map(Seen::region).toList(), region),
                report == null ? null : Waterfall.of(report, at),
                about(detail, report, at),
                Whereabouts.of(report, at),
                KinPanel.of(parts.family(), at),
                detail.regions().stream().map(one -> RegionDay.of(one, at)).toList(),
                Axis.hours(Strip.slot(end, 0), end),
                end.toString(),
                HistoryPanel.of(links, region, parts.day(), parts.past().points(), at),
                IncidentPanel.of(parts.past().incidents(), asked.cursor(), links, at),
                results(parts, links, at),
                Claims.of(document, report, known),
                Behaviour.of(Claims.parsed(document), known),
                document == null ? null : Said.of(document, LONGEST),
                When.orNull(detail.documentSeenAt(), at),
                parts.events().stream().map(event -> EventPanel.of(event, at)).toList(),
                EmbedPanel.of(address, mark, asked.origin()),
                MonitorsPanel.of(parts.others(), at),
                Strip.LEGEND);
    }

    private static About about(Detail detail, @Nullable CheckReport report, Instant now) {
        RelayUrl url = detail.item().url();
        return new About(
                report == null ? null : report.address(),
                url.port(),
                url.secure(),
                When.of(detail.addedAt(), now),
                Said.of(detail.source()),
                detail.enabled(),
                When.orNull(detail.item().state() == RelayState.UNKNOWN ? null : detail.lastUp(), now));
    }

    private static Results results(Parts parts, RelayLinks links, Instant now) {
        Instant next = parts.next();
        return new Results(
                parts.results().stream()
                        .map(result -> ResultRow.of(result, now))
                        .toList(),
                parts.asked().before() == null ? null : links.href("", "results"),
                next == null ? null : links.href("before=" + Address.encoded(next.toString()), "results"));
    }
}
