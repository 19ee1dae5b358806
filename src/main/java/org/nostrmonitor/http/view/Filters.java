package org.nostrmonitor.http.view;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.http.view.Filter.Choice;
import org.nostrmonitor.relay.Network;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.storage.Narrowing;
import org.nostrmonitor.storage.Near;
import org.nostrmonitor.storage.RelayViews.Aliases;
import org.nostrmonitor.storage.RelayViews.Count;
import org.nostrmonitor.storage.RelayViews.Overview;

/**
 * The filters over the list. Numbers stand at their choices only where nothing else is set and they were counted anyway: none
 * is counted for a page.
 */
final class Filters {
    private static final String OF_ALL = "relays that are listed";
    private static final List<Double> UPTIMES = List.of(0.999, 0.99, 0.95, 0.9);
    private static final List<Integer> OPEN_MS = List.of(100, 250, 500, 1000);
    private static final List<Integer> DAYS = List.of(1, 7, 30);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final Search search;
    private final SearchUrl url;
    private final Narrowing more;

    private Filters(Search search) {
        this.search = search;
        this.url = search.url();
        this.more = search.more();
    }

    static List<Filter> of(Search search, Overview overview, Instant now) {
        Filters filters = new Filters(search);
        List<Filter> all = new ArrayList<>();
        all.add(filters.status(overview.states()));
        all.add(filters.network());
        all.addAll(filters.nips(overview));
        all.add(filters.yesOrNo("Write", "writable", search.writable(), "accepted", "not accepted"));
        all.add(filters.yesOrNo("AUTH", "auth", search.more().auth(), "asked for", "not asked for"));
        all.add(filters.yesOrNo("Payment", "payment", search.more().payment(), "asked for", "not asked for"));
        all.add(filters.uptime());
        all.add(filters.open());
        all.add(filters.software(overview));
        all.add(filters.added(now));
        all.add(filters.aliases());
        all.addAll(filters.typed());
        return all;
    }

    private Filter status(Map<RelayState, Integer> states) {
        boolean counted = !search.narrowsBeside("status") && search.aliases() == Aliases.NONE;
        return filter(
                "Status",
                "status",
                search.status(),
                List.of(RelayState.ONLINE, RelayState.DEGRADED, RelayState.OFFLINE, RelayState.UNKNOWN),
                state -> new Choice(
                        Said.of(StateMark.of(state).word()),
                        StateMark.of(state),
                        url.with("status", state.label()).href(),
                        state == search.status(),
                        counted ? Numbers.count(states.getOrDefault(state, 0)) : null),
                counted ? OF_ALL : null);
    }

    private Filter network() {
        return filter(
                "Network",
                "network",
                search.network(),
                List.of(Network.values()),
                network -> choice("network", Networks.name(network), network.label(), network == search.network()),
                null);
    }

    /** Each that is set, then the way to one more: a relay has to claim all of them. */
    private List<Filter> nips(Overview overview) {
        List<Filter> filters = new ArrayList<>();
        more.nips().forEach(nip -> filters.add(Filter.typed("NIP", nip(nip), url.without("nip", nip.toString()))));
        List<Choice> choices = overview.nips().stream()
                .map(Count::what)
                .map(Integer::valueOf)
                .sorted()
                .filter(nip -> !more.nips().contains(nip))
                .map(nip -> new Choice(
                        Said.of(nip(nip)), null, url.and("nip", nip.toString()).href(), false, null))
                .toList();
        filters.add(new Filter(more.nips().isEmpty() ? "NIP" : "and NIP", null, "", choices, null));
        return filters;
    }

    private static String nip(Integer nip) {
        String title = Nips.title(nip.toString());
        return title == null ? nip.toString() : nip + " " + title;
    }

    private Filter software(Overview overview) {
        List<String> frequent = overview.software().stream()
                .map(Count::what)
                .filter(name -> name.length() <= Search.LONGEST_TEXT)
                .toList();
        return filter(
                "Software",
                "software",
                search.software(),
                frequent,
                name -> choice("software", Software.shortName(name), name, name.equals(search.software())),
                null);
    }

    private Filter yesOrNo(String name, String parameter, @Nullable Boolean chosen, String yes, String no) {
        return filter(
                name,
                parameter,
                chosen,
                List.of(true, false),
                value -> choice(parameter, value ? yes : no, value.toString(), value.equals(chosen)),
                null);
    }

    private Filter uptime() {
        Double least = more.leastUptime();
        return filter(
                "Uptime",
                "uptime",
                least,
                UPTIMES,
                share -> choice("uptime", percent(share) + " % or more, 7 d", Search.plain(share), share.equals(least)),
                null);
    }

    static String percent(double share) {
        return Search.plain(share * 100);
    }

    private Filter open() {
        Integer most = more.mostOpen() == null ? null : (int) more.mostOpen().toMillis();
        return filter(
                "Opens in",
                "openMs",
                most,
                OPEN_MS,
                ms -> choice("openMs", Numbers.count(ms) + " ms or less", ms.toString(), ms.equals(most)),
                null);
    }

    private Filter added(Instant now) {
        Instant today = now.truncatedTo(ChronoUnit.DAYS);
        List<Instant> since =
                DAYS.stream().map(days -> today.minus(Duration.ofDays(days))).toList();
        return filter(
                "Added",
                "addedSince",
                more.addedSince(),
                since,
                at -> choice("addedSince", "since " + DAY.format(at), at.toString(), at.equals(more.addedSince())),
                null);
    }

    static String day(Instant at) {
        return DAY.format(at);
    }

    private Filter aliases() {
        return filter(
                "Aliases",
                "aliases",
                search.aliases() == Aliases.NONE ? null : search.aliases(),
                List.of(Aliases.ONLY, Aliases.ALL),
                which -> choice(
                        "aliases",
                        which == Aliases.ONLY ? "only" : "too",
                        Search.label(which),
                        which == search.aliases()),
                null);
    }

    /** What has too many values for a list of links. */
    private List<Filter> typed() {
        List<Filter> typed = new ArrayList<>();
        String country = more.country();
        Long asn = more.asn();
        Near near = more.near();
        Boolean pow = more.pow();
        Boolean restricted = more.restricted();
        add(typed, "Country", "country", country == null ? null : Countries.name(country));
        add(typed, "Network", "asn", asn == null ? null : "AS" + asn);
        if (near != null) {
            String set = "within " + Search.plain(near.kilometres()) + " km of " + Search.place(near);
            typed.add(Filter.typed("Place", set, url.without("near").without("km")));
        }
        add(typed, "Proof of work", "pow", pow == null ? null : pow ? "asked for" : "not asked for");
        add(typed, "Other limits of writes", "restricted", restricted == null ? null : restricted ? "yes" : "no");
        more.tags().forEach(tag -> typed.add(Filter.typed("Tag", tag, url.without("tag", tag))));
        return typed;
    }

    private void add(List<Filter> filters, String name, String parameter, @Nullable String set) {
        if (set != null) {
            filters.add(Filter.typed(name, set, url.without(parameter)));
        }
    }

    private Choice choice(String parameter, String label, String value, boolean current) {
        return new Choice(Said.of(label), null, url.with(parameter, value).href(), current, null);
    }

    private <T> Filter filter(
            String name,
            String parameter,
            @Nullable T chosen,
            List<T> values,
            Function<T, Choice> choice,
            @Nullable String note) {
        List<Choice> choices = Stream.concat(values.stream(), Stream.ofNullable(chosen))
                .distinct()
                .map(choice)
                .toList();
        Said set = chosen == null ? null : choice.apply(chosen).label();
        return new Filter(
                name, set, chosen == null ? "" : url.without(parameter).href(), choices, note);
    }
}
