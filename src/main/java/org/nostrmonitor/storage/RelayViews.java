package org.nostrmonitor.storage;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Known;
import org.nostrmonitor.relay.Network;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Stage;
import org.nostrmonitor.relay.Stands;

/** What the pages and the API read. Nothing here writes. */
public interface RelayViews {
    Future<Overview> overview();

    /** A page of relays, by keyset: no OFFSET. While PostgreSQL is away it is of before, and says so. */
    Future<Page> relays(Query query);

    /** The same without strips and times of hours, for whoever reads page after page. */
    Future<Page> part(Query query);

    /**
     * Reads what changed, if that is needed to answer quickly later. For whoever is asked rarely, every few seconds: nobody should
     * have to wait for the changes of an hour.
     */
    default Future<Void> keepCurrent() {
        return Future.succeededFuture();
    }

    /** Completes with null if the relay is not known. */
    Future<@Nullable Detail> relay(RelayUrl url);

    /** Whether there is anything to tell of it. */
    default Future<Boolean> isKnown(RelayUrl url) {
        return relay(url).map(Objects::nonNull);
    }

    /** Under which other URLs it is known; completes with {@link Family#ALONE} if it is not, or under none. */
    Future<Family> family(RelayUrl url);

    /** Results of a relay, newest first, with {@code cycle < before} if it is given. {@code most} up to 200. */
    Future<List<Result>> results(RelayUrl url, @Nullable String region, @Nullable Instant before, int most);

    /**
     * @param states enabled relays in each state, without aliases; all four states are present
     * @param changes the newest changes of state among relays, newest first, at most 12
     * @param failures why the relays that are offline are so, the most frequent first, at most 8
     * @param software the most frequent software of relays that are up, at most 10
     * @param openP50 over relays that are up, from their last check; null if there is none
     * @param aliases URLs that lead to relays that are counted under another
     * @param incidents null if nobody has counted them yet
     */
    record Overview(
            Map<RelayState, Integer> states,
            @Nullable Duration openP50,
            @Nullable Duration openP95,
            @Nullable Duration readP50,
            Map<Network, Integer> upByNetwork,
            List<Item> changes,
            List<Failure> failures,
            List<Count> software,
            List<Count> nips,
            @Nullable Instant lastCheckedAt,
            int aliases,
            @Nullable Ongoing incidents) {}

    record Count(String what, int relays) {}

    /** How many relays fail at a stage for a reason. */
    record Failure(Stage stage, Reason reason, int relays) {}

    enum Sort {
        URL,
        NAME,
        STATE,
        NETWORK,
        SINCE,
        CHECKED,
        ADDED,
        OPEN,
        READ,
        WRITE,
        WRITABLE,
        SOFTWARE,
        COUNTRY,
        ASN,
        UPTIME
    }

    /**
     * @param text searched for in URL, name, software and contact, case-insensitive; empty for all
     * @param state only these; null for all. {@code ONLINE} does not include {@code DEGRADED}
     * @param nip only relays that claim this NIP
     * @param aliases whether URLs that lead to relays with another URL are in it
     * @param narrowing further conditions
     * @param cursor from {@link Page#next}, or null for the first page
     * @param most 1 to 200, for {@link #part} 500
     */
    record Query(
            String text,
            @Nullable RelayState state,
            @Nullable Network network,
            @Nullable String software,
            @Nullable Integer nip,
            @Nullable Boolean writable,
            Aliases aliases,
            Narrowing narrowing,
            Sort sort,
            boolean descending,
            @Nullable String cursor,
            int most) {
        /** Without aliases and further conditions. */
        public Query(
                String text,
                @Nullable RelayState state,
                @Nullable Network network,
                @Nullable String software,
                @Nullable Integer nip,
                @Nullable Boolean writable,
                Sort sort,
                boolean descending,
                @Nullable String cursor,
                int most) {
            this(
                    text,
                    state,
                    network,
                    software,
                    nip,
                    writable,
                    Aliases.NONE,
                    Narrowing.NONE,
                    sort,
                    descending,
                    cursor,
                    most);
        }
    }

    enum Aliases {
        NONE,
        ONLY,
        ALL
    }

    /** The cursor of a query is not one that we gave out. */
    final class InvalidCursor extends RuntimeException {
        private static final long serialVersionUID = 1;

        public InvalidCursor() {
            super("the cursor is not one of ours, or belongs to another sort");
        }
    }

    /**
     * @param total relays that the query matches over all pages
     * @param next null on the last page
     * @param stale from when it is, if what would tell does not answer now; else null. Then there are no strips
     */
    record Page(
            List<Item> items,
            int total,
            @Nullable String next,
            @Nullable Instant stale) {
        /** Of now. */
        public Page(List<Item> items, int total, @Nullable String next) {
            this(items, total, next, null);
        }
    }

    /**
     * A relay in a list.
     *
     * @param since when it came into this state; for a relay that was never checked, when it was added
     * @param checkedAt when it was last seen in a conclusive check, or null if it never was
     * @param stage where it failed, with {@code reason}; null if it did not
     * @param strip 96 quarter hours to now, oldest first, one character each: the code of a {@link RelayState},
     *     {@code '0'} where nothing was measured
     * @param spark the median time to open in each of the last 24 hours, oldest first, over all regions, as it was when it
     *     was counted last; null where nothing was measured. Empty where this was not read
     * @param writable null if not tested
     */
    record Item(
            RelayUrl url,
            RelayState state,
            Instant since,
            @Nullable Instant checkedAt,
            @Nullable Stage stage,
            @Nullable Reason reason,
            @Nullable Duration open,
            @Nullable Duration read,
            @Nullable Duration write,
            @Nullable Boolean writable,
            @Nullable String name,
            @Nullable String software,
            String strip,
            List<@Nullable Duration> spark,
            Traits traits) {
        /** Whether its state can be told as what is now: no later than its next check is expected. */
        public boolean isCurrent(Instant now) {
            return Stands.at(now, state, since, checkedAt);
        }

        /** Without times of hours. */
        public Item(
                RelayUrl url,
                RelayState state,
                Instant since,
                @Nullable Instant checkedAt,
                @Nullable Stage stage,
                @Nullable Reason reason,
                @Nullable Duration open,
                @Nullable Duration read,
                @Nullable Duration write,
                @Nullable Boolean writable,
                @Nullable String name,
                @Nullable String software,
                String strip,
                Traits traits) {
            this(
                    url, state, since, checkedAt, stage, reason, open, read, write, writable, name, software, strip,
                    List.of(), traits);
        }
    }

    /**
     * How much of a span a relay was up. The uptime is the quotient of the two times, not of the checks: where checks are
     * rarer, each stands for more.
     *
     * @param answered conclusive checks that were up, over all regions; {@code made} all conclusive checks
     * @param up the part of {@code known} in which it was up
     * @param known the part of the span of which it is known; zero if nothing is
     */
    record Uptime(int answered, int made, Duration up, Duration known) {
        private static final Duration QUARTER_HOUR = Duration.ofMinutes(15);

        public static final Uptime NOTHING = new Uptime(0, 0);

        /** Of checks that stand for a quarter of an hour each. */
        public Uptime(int answered, int made) {
            this(answered, made, QUARTER_HOUR.multipliedBy(answered), QUARTER_HOUR.multipliedBy(made));
        }
    }

    /** @param optedOutAt when its operator was heard not to want this, or null; {@code regions} those that saw it, by name */
    record Detail(
            Item item,
            boolean enabled,
            boolean first,
            @Nullable Instant optedOutAt,
            @Nullable String optedOutWhy,
            Instant addedAt,
            String source,
            @Nullable Instant lastUp,
            Uptime day,
            Uptime week,
            List<Seen> regions,
            @Nullable String document,
            @Nullable Instant documentSeenAt) {}

    /**
     * @param strip as in {@link Item}
     * @param known what its behaviour showed in all checks so far
     */
    record Seen(
            String region,
            RelayState state,
            Instant since,
            CheckReport report,
            String strip,
            Uptime day,
            Known known) {}

    record Result(
            String region,
            Instant cycle,
            Instant checkedAt,
            RelayState state,
            @Nullable Stage stage,
            @Nullable Reason reason,
            @Nullable Reason readReason,
            @Nullable Reason writeReason,
            @Nullable Reason nip11Reason,
            @Nullable Duration dns,
            @Nullable Duration open,
            @Nullable Duration read,
            @Nullable Duration write) {}
}
