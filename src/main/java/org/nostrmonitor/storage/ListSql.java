package org.nostrmonitor.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.RelayViews.Aliases;
import org.nostrmonitor.storage.RelayViews.Query;

/**
 * The statements of the list, with the conditions that were given and no others, so that PostgreSQL sees which index serves
 * them. Values are parameters, always.
 */
final class ListSql {
    /** More are not counted. */
    static final int MOST_COUNTED = 10_000;

    /** Of a text that many have, and more than these: whoever types goes on typing. */
    static final int MOST_COUNTED_OF_MANY = 1_000;

    /** The great-circle distance by the haversine formula, in kilometres. Never NaN: rounding may make the sine exceed 1. */
    private static final String DISTANCE = """
            2 * %1$s * asin(sqrt(least(1, sin(radians(s.lat - %2$s) / 2) ^ 2
                + cos(radians(%2$s)) * cos(radians(s.lat)) * sin(radians(s.lon - %3$s) / 2) ^ 2)))""";

    private final List<@Nullable Object> parameters = new ArrayList<>();
    private final String matching;

    /**
     * Of texts that fewer relays have, all relays that have it are found first. Of others some are soon met on the way along
     * the list. PostgreSQL would go along the list also for few, and meet them at its end.
     */
    private static final int FEW = 15_000;

    private static final int COUNTED_WHOLE = 5_000;

    private final Integer @Nullable [] having;

    /** @param having the relays that have the text that is searched for, if they are few, see {@link #having} */
    private ListSql(Query query, Integer @Nullable [] having) {
        this.having = having;
        this.matching = " FROM relay_summary s WHERE " + String.join(" AND ", conditions(query));
    }

    record Statement(String sql, List<@Nullable Object> parameters) {
        @Nullable
        Object[] values() {
            return parameters.toArray();
        }
    }

    /** The relays that have the text in {@code having}, or null in it if they are many; null if no text is searched for. */
    static @Nullable Statement having(Query query) {
        String pattern = pattern(query.text());
        if (pattern == null) {
            return null;
        }
        String sql =
                "SELECT CASE WHEN count(*) <= " + FEW + " THEN coalesce(array_agg(relay_id), '{}') END AS having FROM"
                        + " (SELECT w.relay_id FROM relay_words w WHERE w.search LIKE $1::text LIMIT " + (FEW + 1)
                        + ") AS found";
        List<@Nullable Object> parameters = new ArrayList<>();
        parameters.add(pattern);
        return new Statement(sql, parameters);
    }

    /** More are not counted of what matches. */
    static int mostCounted(Query query, Integer @Nullable [] having) {
        boolean many = having == null ? pattern(query.text()) != null : having.length > COUNTED_WHOLE;
        return many ? MOST_COUNTED_OF_MANY : MOST_COUNTED;
    }

    /** Counts what matches, at most one more than {@link #mostCounted}. */
    static Statement count(Query query, Integer @Nullable [] having) {
        ListSql list = new ListSql(query, having);
        String sql = "SELECT count(*)::integer AS total FROM (SELECT 1" + list.matching + " LIMIT "
                + (mostCounted(query, having) + 1) + ") AS counted";
        return new Statement(sql, list.parameters);
    }

    /** Those that have a value of the sort key, after the cursor if there is one. */
    static Statement known(Query query, @Nullable Cursor after, int most, Integer @Nullable [] having) {
        ListSql list = new ListSql(query, having);
        SortKey key = SortKey.of(query.sort());
        String way = query.descending() ? " DESC" : "";
        String known = key.known() == null ? "" : " AND " + key.known();
        String sql = "SELECT " + key.place() + " AS place, " + ViewSql.ITEM_COLUMNS + list.matching + known
                + (after == null ? "" : list.after(key, after, query.descending()))
                + " ORDER BY " + key.expression() + way + ", s.relay_id" + way + " LIMIT " + list.parameter(most);
        return new Statement(sql, list.parameters);
    }

    /** Those that have none, in the order of ids. */
    static Statement unknown(Query query, @Nullable Cursor after, int most, Integer @Nullable [] having) {
        ListSql list = new ListSql(query, having);
        String sql = "SELECT NULL::text AS place, " + ViewSql.ITEM_COLUMNS + list.matching + " AND "
                + SortKey.of(query.sort()).unknown()
                + (after == null ? "" : " AND s.relay_id > " + list.parameter(after.relayId()))
                + " ORDER BY s.relay_id LIMIT " + list.parameter(most);
        return new Statement(sql, list.parameters);
    }

    private String after(SortKey key, Cursor after, boolean descending) {
        String place = String.valueOf(after.place());
        return " AND (" + key.expression() + ", s.relay_id) " + (descending ? "<" : ">") + " ("
                + key.cast(parameter(key.value(place))) + ", " + parameter(after.relayId()) + "::integer)";
    }

    private String parameter(Object value) {
        parameters.add(value);
        return "$" + parameters.size();
    }

    private List<String> conditions(Query query) {
        Narrowing more = query.narrowing();
        List<String> all = new ArrayList<>();
        all.add(listed(query.aliases()));
        String pattern = pattern(query.text());
        if (having == null) {
            word(all, "w.search LIKE %s::text", pattern);
        } else {
            // Looked at by the planner, each of thousands would be weighed, which takes longer than to find them.
            add(all, "s.relay_id = ANY (ARRAY(SELECT unnest(%s::integer[])))", having);
        }
        address(all, query.text());
        word(all, "w.nips @> %s::integer[]", nips(query));
        word(
                all,
                "w.tags @> %s::text[]",
                more.tags().isEmpty() ? null : more.tags().toArray(String[]::new));
        add(
                all,
                "s.state = %s::smallint",
                query.state() == null ? null : (short) query.state().code());
        add(
                all,
                "s.network = %s::smallint",
                query.network() == null ? null : (short) query.network().code());
        add(all, "left(s.software, 200) COLLATE \"C\" = %s::text", query.software());
        add(all, "s.writable = %s::boolean", query.writable());
        add(all, "s.country = %s::text", more.country());
        add(all, "s.asn = %s::bigint", more.asn());
        add(all, "s.auth = %s::boolean", more.auth());
        add(all, "s.payment = %s::boolean", more.payment());
        add(all, "s.pow = %s::boolean", more.pow());
        add(all, "s.restricted = %s::boolean", more.restricted());
        add(all, "s.uptime >= %s::integer", more.leastUptime() == null ? null : hundredths(more.leastUptime()));
        add(all, "s.open_us <= %s::integer", Columns.micros(more.mostOpen()));
        add(all, "s.added_at >= %s::timestamptz", more.addedSince() == null ? null : Columns.time(more.addedSince()));
        if (more.near() != null) {
            near(all, more.near());
        }
        return all;
    }

    private static String listed(Aliases aliases) {
        return switch (aliases) {
            case NONE -> "s.listed = 1";
            case ONLY -> "s.listed = 2";
            case ALL -> "s.listed IN (1, 2)";
        };
    }

    private void add(List<String> all, String condition, @Nullable Object value) {
        if (value != null) {
            all.add(condition.formatted(parameter(value)));
        }
    }

    private void word(List<String> all, String condition, @Nullable Object value) {
        if (value != null) {
            all.add("s.relay_id IN (SELECT w.relay_id FROM relay_words w WHERE %s)"
                    .formatted(condition.formatted(parameter(value))));
        }
    }

    private void near(List<String> all, Near near) {
        Near.Box box = near.box();
        all.add("s.lat BETWEEN " + parameter(box.south()) + "::real AND " + parameter(box.north()) + "::real");
        String west = parameter(box.west()) + "::real";
        String east = parameter(box.east()) + "::real";
        all.add(
                box.crosses()
                        ? "(s.lon >= " + west + " OR s.lon <= " + east + ")"
                        : "s.lon BETWEEN " + west + " AND " + east);
        String distance = DISTANCE.formatted(
                Near.EARTH_KM,
                parameter(near.latitude()) + "::double precision",
                parameter(near.longitude()) + "::double precision");
        all.add(distance + " <= " + parameter(near.kilometres()) + "::double precision");
    }

    private static Integer @Nullable [] nips(Query query) {
        List<Integer> nips = new ArrayList<>(query.narrowing().nips());
        if (query.nip() != null) {
            nips.add(query.nip());
        }
        return nips.isEmpty() ? null : nips.toArray(Integer[]::new);
    }

    private static int hundredths(double share) {
        return (int) Math.ceil(share * 10_000 - 1e-6);
    }

    /** What a person typed, anywhere in the text; null if that is nothing, or the begin of an address. */
    private static @Nullable String pattern(String text) {
        String literal = literal(text);
        return literal.isEmpty() || isAddress(literal) ? null : "%" + literal + "%";
    }

    /**
     * The begin of an address is looked for in addresses alone, where its host leads to one place of the list. What comes after
     * the host may have capitals there.
     */
    private void address(List<String> all, String text) {
        String literal = literal(text);
        if (isAddress(literal)) {
            int path = literal.indexOf('/', literal.indexOf("//") + 2);
            add(all, "s.url LIKE %s::text", (path < 0 ? literal : literal.substring(0, path)) + "%");
            add(all, "lower(s.url) LIKE %s::text", path < 0 ? null : literal + "%");
        }
    }

    private static boolean isAddress(String literal) {
        return literal.startsWith("wss://") || literal.startsWith("ws://");
    }

    /** {@code %} and {@code _} are themselves. */
    private static String literal(String text) {
        return text.strip()
                .replace("\0", "")
                .toLowerCase(Locale.ROOT)
                .replace("\\", "\\\\")
                .replace("%", "\\%")
                .replace("_", "\\_");
    }
}
