package org.nostrmonitor.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.RelayViews.Item;

/** The forms in which the whole list can be had. */
enum Export {
    /** RFC 4180, a line for each relay under a line of names. */
    CSV("text/csv; charset=utf-8; header=present", "relays.csv") {
        @Override
        String head() {
            return String.join(",", COLUMNS) + "\r\n";
        }

        @Override
        String line(Item item) {
            JsonObject json = ApiJson.item(item);
            return COLUMNS.stream().map(name -> cell(json.getValue(name))).collect(Collectors.joining(",")) + "\r\n";
        }
    },

    /** An object of JSON on each line, as the list has them but for the strip. */
    NDJSON("application/x-ndjson; charset=utf-8", "relays.ndjson") {
        @Override
        String head() {
            return "";
        }

        @Override
        String line(Item item) {
            JsonObject json = ApiJson.item(item);
            json.remove("strip");
            json.remove("openHoursMs");
            return json.encode() + "\n";
        }
    };

    static final List<String> COLUMNS = List.of(
            "url",
            "network",
            "state",
            "since",
            "checkedAt",
            "stage",
            "reason",
            "openMs",
            "readMs",
            "writeMs",
            "writable",
            "name",
            "software",
            "contact",
            "addedAt",
            "uptimeShareDay",
            "uptimeShare",
            "uptimeShareMonth",
            "country",
            "asn",
            "auth",
            "payment",
            "pow",
            "restricted",
            "nips",
            "tags");

    private static final String BEGIN_OF_A_FORMULA = "=+-@\t\r";

    final String type;
    final String file;

    Export(String type, String file) {
        this.type = type;
        this.file = file;
    }

    /** What stands before all relays. */
    abstract String head();

    /** One relay. */
    abstract String line(Item item);

    /**
     * A cell that no spreadsheet takes for a formula, whoever wrote it: an apostrophe stands before what would begin one, also
     * behind spaces (OWASP, CSV injection).
     */
    static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        String text = value instanceof JsonArray list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(" "))
                : value.toString();
        String safe = value instanceof Number || !beginsFormula(text) ? text : "'" + text;
        boolean plain =
                safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r' || c == ';' || c == '\t');
        return plain ? safe : "\"" + safe.replace("\"", "\"\"") + "\"";
    }

    private static boolean beginsFormula(String text) {
        String first = text.stripLeading();
        return (!text.isEmpty() && BEGIN_OF_A_FORMULA.indexOf(text.charAt(0)) >= 0)
                || (!first.isEmpty() && BEGIN_OF_A_FORMULA.indexOf(first.charAt(0)) >= 0);
    }
}
