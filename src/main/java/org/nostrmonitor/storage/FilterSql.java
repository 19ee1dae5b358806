package org.nostrmonitor.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The statements for filters: each becomes a bounded walk along one index, which PostgreSQL chooses by its values. */
final class FilterSql {
    private static final String FOUND = """
            SELECT coalesce(array_agg(event_id ORDER BY created_at DESC, event_id), '{}') AS ids,
                   pg_current_snapshot()::text AS snapshot
            FROM (%s) AS found""";
    private static final String COUNTED = "SELECT count(*) AS events FROM (%s) AS counted";
    private static final String ONE = "SELECT event_id, created_at FROM event_index";
    private static final String NEWEST = " ORDER BY created_at DESC, event_id LIMIT ";

    private final List<Object> parameters = new ArrayList<>();
    private final String text;

    private FilterSql(List<EventFilter> filters, String around, boolean limited) {
        List<String> arms = filters.stream().map(filter -> arm(filter, limited)).toList();
        text = around.formatted(String.join(" UNION ", arms));
    }

    static FilterSql finding(List<EventFilter> filters) {
        return new FilterSql(filters, FOUND, true);
    }

    static FilterSql counting(List<EventFilter> filters) {
        return new FilterSql(filters, COUNTED, false);
    }

    String text() {
        return text;
    }

    Object[] parameters() {
        return parameters.toArray();
    }

    private String arm(EventFilter filter, boolean limited) {
        List<String> conditions = new ArrayList<>();
        any(conditions, "event_id = ANY (%s::text[])", filter.ids());
        any(conditions, "pubkey = ANY (%s::text[])", filter.authors());
        if (!filter.kinds().isEmpty()) {
            conditions.add("kind = ANY (" + parameter(filter.kinds().toArray(Integer[]::new)) + "::integer[])");
        }
        filter.tags()
                .forEach(
                        entries -> conditions.add("tags && " + parameter(entries.toArray(Long[]::new)) + "::bigint[]"));
        if (filter.since() != null) {
            conditions.add("created_at >= " + parameter(filter.since()) + "::bigint");
        }
        if (filter.until() != null) {
            conditions.add("created_at <= " + parameter(filter.until()) + "::bigint");
        }
        String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        return "(" + ONE + where + (limited ? NEWEST + parameter(filter.limit()) + "::integer" : "") + ")";
    }

    private void any(List<String> conditions, String condition, Set<String> values) {
        if (!values.isEmpty()) {
            conditions.add(condition.formatted(parameter(values.toArray(String[]::new))));
        }
    }

    private String parameter(Object value) {
        parameters.add(value);
        return "$" + parameters.size();
    }
}
