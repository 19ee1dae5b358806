package org.nostrmonitor.http.view;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Network;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.storage.Narrowing;
import org.nostrmonitor.storage.RelayViews.Aliases;
import org.nostrmonitor.storage.RelayViews.Query;
import org.nostrmonitor.storage.RelayViews.Sort;

/**
 * A search for relays as it stands in a URL, which is the whole of it: the address is the page.
 *
 * @param text empty for all
 * @param limit how many on a page, 1 to 200
 */
public record Search(
        String text,
        @Nullable RelayState status,
        @Nullable Network network,
        @Nullable String software,
        @Nullable Integer nip,
        @Nullable Boolean writable,
        Aliases aliases,
        Sort sort,
        boolean descending,
        @Nullable String cursor,
        int limit) {
    public static final int MOST = 200;
    static final int LONGEST_TEXT = 200;
    private static final int LONGEST_CURSOR = 2000;
    private static final int HIGHEST_NIP = 65535;

    /** Everything, by URL. */
    public static Search all(int limit) {
        return new Search("", null, null, null, null, null, Aliases.NONE, Sort.URL, false, null, limit);
    }

    /**
     * Reads the parameters of a URL; an empty one is as good as none.
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
                number("nip", given.apply("nip"), 0, HIGHEST_NIP),
                bool("writable", given.apply("writable")),
                orElse(constant("aliases", given.apply("aliases"), Aliases.values()), Aliases.NONE),
                orElse(constant("sort", given.apply("sort"), Sort.values()), Sort.URL),
                oneOf("dir", given.apply("dir"), "asc", "desc").equals("desc"),
                cursor.isEmpty() ? null : cursor,
                orElse(number("limit", given.apply("limit"), 1, MOST), defaultLimit));
    }

    public Query query() {
        return new Query(
                text,
                status,
                network,
                software,
                nip,
                writable,
                aliases,
                Narrowing.NONE,
                sort,
                descending,
                cursor,
                limit);
    }

    /** Whether it asks for less than everything. */
    public boolean narrows() {
        return !text.isEmpty()
                || status != null
                || network != null
                || software != null
                || nip != null
                || writable != null
                || aliases == Aliases.ONLY;
    }

    public Search withText(String other) {
        return new Search(other, status, network, software, nip, writable, aliases, sort, descending, null, limit);
    }

    public Search withStatus(@Nullable RelayState other) {
        return new Search(text, other, network, software, nip, writable, aliases, sort, descending, null, limit);
    }

    public Search withNetwork(@Nullable Network other) {
        return new Search(text, status, other, software, nip, writable, aliases, sort, descending, null, limit);
    }

    public Search withSoftware(@Nullable String other) {
        return new Search(text, status, network, other, nip, writable, aliases, sort, descending, null, limit);
    }

    public Search withNip(@Nullable Integer other) {
        return new Search(text, status, network, software, other, writable, aliases, sort, descending, null, limit);
    }

    public Search withWritable(@Nullable Boolean other) {
        return new Search(text, status, network, software, nip, other, aliases, sort, descending, null, limit);
    }

    public Search withAliases(@Nullable Aliases other) {
        Aliases chosen = other == null ? Aliases.NONE : other;
        return new Search(text, status, network, software, nip, writable, chosen, sort, descending, null, limit);
    }

    public Search sortedBy(Sort other, boolean otherDescending) {
        return new Search(text, status, network, software, nip, writable, aliases, other, otherDescending, null, limit);
    }

    public Search at(@Nullable String otherCursor) {
        return new Search(
                text, status, network, software, nip, writable, aliases, sort, descending, otherCursor, limit);
    }

    /** The page of this search. */
    public String href() {
        return "/relays" + queryString();
    }

    /** The same from the API. */
    public String apiHref() {
        return "/api/v1/relays" + queryString();
    }

    /** What a form has to carry along, so that a new text keeps the filters: all but the text and the cursor. */
    public Map<String, String> kept() {
        Map<String, String> kept = parameters();
        kept.remove("q");
        kept.remove("cursor");
        return kept;
    }

    private String queryString() {
        String query = parameters().entrySet().stream()
                .map(e -> e.getKey() + "=" + Address.encoded(e.getValue()))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? "" : "?" + query;
    }

    private Map<String, String> parameters() {
        Map<String, String> map = new LinkedHashMap<>();
        put(map, "q", text.isEmpty() ? null : text);
        put(map, "status", status == null ? null : status.label());
        put(map, "network", network == null ? null : network.label());
        put(map, "software", software);
        put(map, "nip", nip);
        put(map, "writable", writable);
        put(map, "aliases", aliases == Aliases.NONE ? null : label(aliases));
        put(map, "sort", sort == Sort.URL && !descending ? null : label(sort));
        put(map, "dir", descending ? "desc" : null);
        put(map, "cursor", cursor);
        return map;
    }

    private static void put(Map<String, String> map, String name, @Nullable Object value) {
        if (value != null) {
            map.put(name, value.toString());
        }
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

    static @Nullable Integer number(String name, String value, int least, int most) {
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
