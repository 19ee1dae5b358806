package org.nostrmonitor.http.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.queue.QueueView.JobStatus;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Known;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.Family;
import org.nostrmonitor.storage.OtherMonitors.Testimony;
import org.nostrmonitor.storage.RelayViews.Detail;
import org.nostrmonitor.storage.RelayViews.Item;
import org.nostrmonitor.storage.RelayViews.Result;
import org.nostrmonitor.storage.RelayViews.Seen;
import org.nostrmonitor.storage.RelayViews.Uptime;

/**
 * {@code /relays/{url}}: one relay, its state with the reason, and the evidence.
 *
 * @param live what is under way for it
 * @param choices the regions to see it from; empty if there is only one
 * @param waterfall null if it was never checked
 * @param plot null if nothing of the last day has a time
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
        List<Choice> choices,
        @Nullable Waterfall waterfall,
        About about,
        Whereabouts whereabouts,
        KinPanel kin,
        List<RegionDay> days,
        List<Axis.Tick> dayTicks,
        @Nullable LatencyPlot plot,
        Results results,
        Claims claims,
        Behaviour behaviour,
        @Nullable Said document,
        @Nullable When documentSeen,
        List<Event> events,
        @Nullable MonitorsPanel monitors,
        Strip.Legend legend) {

    /** Of a document or an event. */
    private static final int LONGEST = 20_000;

    public record Choice(String region, String href, boolean current) {}

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

    public record Event(When at, Said json) {}

    /**
     * What the page is made from.
     *
     * @param region asked for in the URL, or null
     * @param day the newest results of the region shown, newest first
     * @param results the page of results, newest first
     * @param next where the next page of results begins, or null
     * @param before where that page begins, or null for the newest
     * @param jobs where its jobs are, or null if Redis did not say
     * @param admin whether a check can be asked for with a token
     * @param notice what came of asking for a check, or null
     */
    public record Parts(
            Detail detail,
            Family family,
            @Nullable String region,
            List<Result> day,
            List<Result> results,
            @Nullable Instant next,
            @Nullable Instant before,
            List<NostrEvent> events,
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
        Seen seen = shown(detail, parts.region());
        CheckReport report = seen == null ? null : seen.report();
        Known known = seen == null ? Known.NOTHING : seen.known();
        StateMark mark = StateMark.of(item.state());
        Sentence verdict = RelayStory.verdict(detail, seen, at);
        Instant end = Strip.end(at);
        String document = detail.document();
        return new RelayPage(
                Frame.of(site, now, mark.word() + ": " + address.text() + address.tail(), verdict.flat(), "relays"),
                address,
                Networks.name(url.network()),
                "/relays?network=" + url.network().label(),
                mark,
                verdict,
                RelayStory.lede(detail, seen),
                "/api/v1" + address.href(),
                LiveJobs.of(parts.jobs(), address, parts.admin(), parts.notice(), at),
                figs(detail, at),
                choices(detail, seen, address),
                report == null ? null : Waterfall.of(report, at),
                about(detail, report, at),
                Whereabouts.of(report, at),
                KinPanel.of(parts.family(), at),
                detail.regions().stream()
                        .map(region -> RegionDay.of(region, at))
                        .toList(),
                Axis.hours(Strip.slot(end, 0), end),
                LatencyPlot.of(parts.day(), at),
                results(parts, seen, address, at),
                Claims.of(document, report, known),
                Behaviour.of(Claims.parsed(document), known),
                document == null ? null : Said.of(document, LONGEST),
                When.orNull(detail.documentSeenAt(), at),
                parts.events().stream().map(event -> event(event, at)).toList(),
                MonitorsPanel.of(parts.others(), at),
                Strip.LEGEND);
    }

    private static List<Fig> figs(Detail detail, Instant now) {
        Item item = detail.item();
        List<Fig> figs = new ArrayList<>();
        figs.add(uptime("Uptime 24 h", detail.day()));
        figs.add(uptime("7 d", detail.week()));
        if (!item.state().isUp()) {
            Instant up = detail.lastUp();
            String ago = up == null ? "never seen online" : Numbers.span(Duration.between(up, now)) + " ago";
            figs.add(Fig.time("Last online", When.orNull(up, now), ago));
        }
        figs.add(Fig.time(
                "Last checked",
                When.orNull(item.checkedAt(), now),
                detail.regions().isEmpty() ? "not yet" : "from " + regions(detail)));
        figs.add(Fig.ms("Open", item.open(), "TCP, TLS and upgrade"));
        figs.add(Fig.ms("Read", item.read(), "REQ to its answer"));
        figs.add(Fig.ms("Write", item.write(), item.write() == null ? "not measured" : "EVENT to its OK"));
        return figs;
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

    private static List<Choice> choices(Detail detail, @Nullable Seen shown, Address address) {
        if (shown == null || detail.regions().size() < 2) {
            return List.of();
        }
        return detail.regions().stream()
                .map(seen -> new Choice(
                        seen.region(),
                        address.href() + "?from=" + Address.encoded(seen.region()) + "#evidence",
                        seen.region().equals(shown.region())))
                .toList();
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

    private static Results results(Parts parts, @Nullable Seen seen, Address address, Instant now) {
        String from = seen == null || parts.region() == null ? "" : "from=" + Address.encoded(seen.region()) + "&";
        String newer = parts.before() == null ? null : address.href() + (from.isEmpty() ? "" : "?" + from) + "#results";
        Instant next = parts.next();
        String older = next == null
                ? null
                : address.href() + "?" + from + "before=" + Address.encoded(next.toString()) + "#results";
        return new Results(
                parts.results().stream()
                        .map(result -> ResultRow.of(result, now))
                        .toList(),
                newer,
                older);
    }

    private static Event event(NostrEvent event, Instant now) {
        return new Event(
                When.exact(Instant.ofEpochSecond(event.createdAt()), now), Said.of(EventText.of(event), LONGEST));
    }
}
