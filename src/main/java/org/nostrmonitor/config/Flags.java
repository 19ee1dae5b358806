package org.nostrmonitor.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.config.Given.Kind;

/**
 * What was given on the command line of {@code run}, as written; null for what was not. Stands over all else.
 *
 * @param roles with commas between
 */
public record Flags(
        @Nullable String roles,
        @Nullable String region,
        @Nullable String httpPort,
        @Nullable String dataDirectory) {
    public static final Flags NONE = new Flags(null, null, null, null);

    List<Given> given(Faults faults) {
        List<Given> given = new ArrayList<>();
        add(given, faults, "roles", "--roles", Kind.LIST, roles);
        add(given, faults, "region", "--region", Kind.TEXT, region);
        add(given, faults, "http.port", "--http-port", Kind.INTEGER, httpPort);
        add(given, faults, "dataDirectory", "--data-directory", Kind.TEXT, dataDirectory);
        return given;
    }

    private static void add(
            List<Given> given, Faults faults, String path, String where, Kind kind, @Nullable String text) {
        if (text == null) {
            return;
        }
        try {
            given.add(Given.of(path, where, kind, text));
        } catch (Wrong wrong) {
            faults.add(where, wrong);
        }
    }
}
