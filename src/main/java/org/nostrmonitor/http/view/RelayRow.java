package org.nostrmonitor.http.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Network;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.storage.RelayViews.Item;
import org.nostrmonitor.storage.Traits;

/**
 * A relay in a list.
 *
 * @param trouble why it is not simply online, or null
 * @param troubleCss {@code bad warn} or empty
 * @param name what it calls itself, or null
 * @param place the country, or the network if that is not known or no place
 * @param system the autonomous system that announces its address, or null
 * @param asks what it asks of its users, or does not; null if nothing is known
 * @param day how much it was up, per cent, as {@code week} and {@code month}; null if that is not known
 * @param spark null if no time to open was measured in 24 hours
 * @param open milliseconds, or null if it was not measured
 */
public record RelayRow(
        Address address,
        StateMark state,
        @Nullable String trouble,
        String troubleCss,
        @Nullable Said name,
        @Nullable Said software,
        String place,
        @Nullable String system,
        ResultMark write,
        @Nullable String asks,
        Strip strip,
        @Nullable String day,
        @Nullable String week,
        @Nullable String month,
        @Nullable Spark spark,
        @Nullable String open,
        @Nullable When checked) {

    /** More is cut by the style anyway, and fifty long ones would make a page of megabytes. */
    static final int LONGEST = 200;

    /** Hundredths of a per cent, to which shares are stored, rounded down. */
    private static final int PARTS = 10_000;

    static RelayRow of(Item item, Instant now) {
        Traits traits = item.traits();
        return new RelayRow(
                Address.of(item.url()),
                StateMark.of(item, now),
                trouble(item, now),
                item.isCurrent(now) ? css(item.state()) : "",
                said(item.name()),
                said(item.software() == null ? null : Software.shortName(item.software())),
                place(item),
                traits.asn() == null ? null : "AS" + traits.asn(),
                write(item.writable()),
                asks(traits),
                Strip.of(item.strip(), now),
                percent(traits.uptime().day()),
                percent(traits.uptime().week()),
                percent(traits.uptime().month()),
                Spark.of(item.spark()),
                Numbers.msOrNull(item.open()),
                When.orNull(item.checkedAt(), now));
    }

    static @Nullable String trouble(Item item, Instant now) {
        String clause = Clause.of(item.stage(), item.reason());
        Instant checkedAt = item.checkedAt();
        if (checkedAt != null && !item.isCurrent(now)) {
            return "Not checked since " + When.of(checkedAt, now).text() + ", was "
                    + item.state().label() + (clause == null ? "" : ": " + clause);
        }
        String since = " since " + When.of(item.since(), now).text();
        return switch (item.state()) {
            case ONLINE -> null;
            case DEGRADED -> "Degraded" + since + (clause == null ? "" : ": " + clause);
            case OFFLINE -> "Offline" + since + (clause == null ? "" : ": " + clause);
            case UNKNOWN -> "Not checked" + (clause == null ? "" : ": " + clause);
        };
    }

    private static String css(RelayState state) {
        return switch (state) {
            case OFFLINE -> "bad";
            case DEGRADED -> "warn";
            case ONLINE, UNKNOWN -> "";
        };
    }

    private static @Nullable Said said(@Nullable String written) {
        return written == null || written.isBlank() ? null : Said.of(written, LONGEST, "…");
    }

    private static String place(Item item) {
        Network network = item.url().network();
        String country = item.traits().country();
        return network != Network.CLEARNET || country == null ? Networks.name(network) : Countries.name(country);
    }

    private static ResultMark write(@Nullable Boolean writable) {
        if (writable == null) {
            return ResultMark.neither("not tested");
        }
        return writable ? ResultMark.yes("accepted") : ResultMark.no("not accepted");
    }

    /** What it asks for; if that is nothing, what it is known not to ask for. */
    static @Nullable String asks(Traits traits) {
        List<String> asked = new ArrayList<>();
        List<String> not = new ArrayList<>();
        sort("AUTH", traits.auth(), asked, not);
        sort("payment", traits.payment(), asked, not);
        sort("proof of work", traits.pow(), asked, not);
        if (!asked.isEmpty()) {
            return "asks for " + String.join(", ", asked);
        }
        return not.isEmpty() ? null : "no " + String.join(" or ", not);
    }

    private static void sort(String what, @Nullable Boolean asks, List<String> asked, List<String> not) {
        if (asks != null) {
            (asks ? asked : not).add(what);
        }
    }

    static @Nullable String percent(@Nullable Double share) {
        return share == null ? null : Numbers.percent(Math.round(share * PARTS), PARTS, 2);
    }
}
