package org.nostrmonitor.http.view;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.http.view.SearchUrl.Pair;
import org.nostrmonitor.relay.Network;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.storage.Narrowing;
import org.nostrmonitor.storage.Near;
import org.nostrmonitor.storage.RelayViews.Aliases;
import org.nostrmonitor.storage.RelayViews.Query;
import org.nostrmonitor.storage.RelayViews.Sort;

/**
 * A search for relays as it stands in a URL, which is the whole of it: the address is the page.
 *
 * @param text empty for all
 * @param more the further conditions, as the API has them
 * @param limit how many on a page, 1 to 200
 */
public record Search(
        String text,
        @Nullable RelayState status,
        @Nullable Network network,
        @Nullable String software,
        @Nullable Boolean writable,
        Aliases aliases,
        Narrowing more,
        Sort sort,
        boolean descending,
        @Nullable String cursor,
        int limit) {
    public static final int MOST = 200;
    static final int LONGEST_TEXT = 200;
    private static final int LONGEST_CURSOR = 2000;

    /** What says how the matches are shown, and not which they are. */
    private static final Set<String> ORDER = Set.of("sort", "dir", SearchUrl.CURSOR);

    /** Everything, by URL. */
    public static Search all(int limit) {
        return parse(name -> null, limit);
    }

    /**
     * Reads the parameters of a URL but for the further conditions; an empty one is as good as none.
     *
     * @throws BadParameter if one is not understood
     */
    public static Search parse(Function<String, @Nullable String> parameters, int defaultLimit) {
        Function<String, String> given = name -> {
            String value = parameters.apply(name);
            return value == null ? "" : value.strip();
        };
        String software = bounded("software", given.apply("software"), LONGEST_TEXT);
        String cursor = bounded("cursor", given.apply("cursor"), LONGEST_CURSOR);
        return new Search(
                bounded("q", given.apply("q"), LONGEST_TEXT),
                constant("status", given.apply("status"), RelayState.values()),
                constant("network", given.apply("network"), Network.values()),
                software.isEmpty() ? null : software,
                bool("writable", given.apply("writable")),
                orElse(constant("aliases", given.apply("aliases"), Aliases.values()), Aliases.NONE),
                Narrowing.NONE,
                orElse(constant("sort", given.apply("sort"), Sort.values()), Sort.URL),
                oneOf("dir", given.apply("dir"), "asc", "desc").equals("desc"),
                cursor.isEmpty() ? null : cursor,
                orElse(number("limit", given.apply("limit"), 1, MOST), defaultLimit));
    }

    /** With these further conditions instead of its own. */
    public Search narrowedTo(Narrowing other) {
        return new Search(text, status, network, software, writable, aliases, other, sort, descending, cursor, limit);
    }

    /** With another number on a page, from the first one. */
    public Search first(int most) {
        return new Search(text, status, network, software, writable, aliases, more, sort, descending, null, most);
    }

    public Query query() {
        return new Query(
                text, status, network, software, null, writable, aliases, more, sort, descending, cursor, limit);
    }

    /** Whether it asks for less than everything. */
    public boolean narrows() {
        return narrowsBeside("");
    }

    /** Whether it asks for less than everything also without the parameter of this name. */
    boolean narrowsBeside(String name) {
        boolean onlyAliases = aliases == Aliases.ONLY && !name.equals("aliases");
        return onlyAliases
                || url().pairs().stream()
                        .map(Pair::name)
                        .anyMatch(given -> !given.equals(name) && !given.equals("aliases") && !ORDER.contains(given));
    }

    /** The first page of the same in this order. */
    SearchUrl sortedBy(Sort other, boolean otherDescending) {
        SearchUrl url = url().without("sort").without("dir");
        SearchUrl sorted = other == Sort.URL && !otherDescending ? url : url.and("sort", label(other));
        return otherDescending ? sorted.and("dir", "desc") : sorted;
    }

    /** Another page of it, or the first one. */
    Search at(@Nullable String otherCursor) {
        return new Search(
                text, status, network, software, writable, aliases, more, sort, descending, otherCursor, limit);
    }

    String href() {
        return url().href();
    }

    /** Its address. The number on a page is not in it: pages have their own, and that of the API is the same. */
    public SearchUrl url() {
        List<Pair> pairs = new ArrayList<>();
        put(pairs, "q", text.isEmpty() ? null : text);
        put(pairs, "status", status == null ? null : status.label());
        put(pairs, "network", network == null ? null : network.label());
        put(pairs, "software", software);
        more.nips().forEach(nip -> put(pairs, "nip", nip));
        more.tags().forEach(tag -> put(pairs, "tag", tag));
        put(pairs, "country", more.country());
        put(pairs, "asn", more.asn());
        put(pairs, "near", more.near() == null ? null : place(more.near()));
        put(pairs, "km", more.near() == null ? null : plain(more.near().kilometres()));
        put(pairs, "auth", more.auth());
        put(pairs, "payment", more.payment());
        put(pairs, "pow", more.pow());
        put(pairs, "restricted", more.restricted());
        put(pairs, "writable", writable);
        put(pairs, "uptime", more.leastUptime() == null ? null : plain(more.leastUptime()));
        put(pairs, "openMs", more.mostOpen() == null ? null : more.mostOpen().toMillis());
        put(pairs, "addedSince", more.addedSince());
        put(pairs, "aliases", aliases == Aliases.NONE ? null : label(aliases));
        put(pairs, "sort", sort == Sort.URL && !descending ? null : label(sort));
        put(pairs, "dir", descending ? "desc" : null);
        put(pairs, SearchUrl.CURSOR, cursor);
        return new SearchUrl(pairs);
    }

    private static void put(List<Pair> pairs, String name, @Nullable Object value) {
        if (value != null) {
            pairs.add(new Pair(name, value.toString()));
        }
    }

    static String place(Near near) {
        return plain(near.latitude()) + "," + plain(near.longitude());
    }

    /** Without an exponent, to six decimals, which is all that is taken of a share. */
    static String plain(double number) {
        return BigDecimal.valueOf(Math.round(number * 1e6), 6)
                .stripTrailingZeros()
                .toPlainString();
    }

    static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String bounded(String name, String value, int longest) {
        if (value.length() > longest) {
            throw new BadParameter(name, "is longer than " + longest + " characters");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new BadParameter(name, "has a control character");
        }
        return value;
    }

    private static <T extends Enum<T>> @Nullable T constant(String name, String value, T[] constants) {
        if (value.isEmpty()) {
            return null;
        }
        for (T constant : constants) {
            if (label(constant).equals(value)) {
                return constant;
            }
        }
        String labels = Stream.of(constants).map(Search::label).collect(Collectors.joining(", "));
        throw new BadParameter(name, "is none of " + labels);
    }

    private static String oneOf(String name, String value, String... allowed) {
        if (!value.isEmpty() && !Stream.of(allowed).anyMatch(value::equals)) {
            throw new BadParameter(name, "is none of " + String.join(", ", allowed));
        }
        return value;
    }

    private static @Nullable Boolean bool(String name, String value) {
        String answer = oneOf(name, value, "true", "false");
        return answer.isEmpty() ? null : Boolean.valueOf(answer);
    }

    private static @Nullable Integer number(String name, String value, int least, int most) {
        if (value.isEmpty()) {
            return null;
        }
        boolean digits = value.length() <= 9 && value.chars().allMatch(c -> c >= '0' && c <= '9');
        int n = digits ? Integer.parseInt(value) : -1;
        if (n < least || n > most) {
            throw new BadParameter(name, "is not a number from " + least + " to " + most);
        }
        return n;
    }

    private static <T> T orElse(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }
}
