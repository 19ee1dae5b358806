package org.nostrmonitor.http.view;

import java.time.Instant;
import java.util.Locale;
import org.nostrmonitor.storage.Statistics.Day;
import org.nostrmonitor.storage.Statistics.Kind;

/** What the numbers of a kind are of, in words. */
final class TallyWords {
    private TallyWords() {}

    static String id(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    static String title(Kind kind) {
        return switch (kind) {
            case SOFTWARE -> "Software";
            case NIP -> "NIPs";
            case COUNTRY -> "Countries";
            case NETWORK -> "Networks";
            case ASN -> "Providers";
        };
    }

    /** The head of the column. */
    static String what(Kind kind) {
        return switch (kind) {
            case SOFTWARE -> "Software";
            case NIP -> "NIP";
            case COUNTRY -> "Country";
            case NETWORK -> "Network";
            case ASN -> "Autonomous system";
        };
    }

    static String note(Kind kind, Day day, Instant now) {
        String counted = " Counted at " + When.of(day.takenAt(), now).text() + " UTC.";
        String up = Numbers.plural(day.up(), "relay that is up", "relays that are up");
        if (day.told() == 0) {
            return unknown(kind) + counted;
        }
        return switch (kind) {
            case SOFTWARE ->
                "Of " + up + ", " + Numbers.count(day.told()) + " say what they run: "
                        + Numbers.plural(day.different(), "name", "different names") + "." + counted;
            case NIP ->
                "Of " + up + ", " + Numbers.count(day.told()) + " claim NIPs: "
                        + Numbers.plural(day.different(), "number", "different numbers") + "." + counted;
            case COUNTRY ->
                "Of " + up + ", the country of " + Numbers.count(day.told()) + " is known: "
                        + Numbers.plural(day.different(), "country", "different ones") + "." + counted;
            case NETWORK -> "By the network that they are reached through: " + up + "." + counted;
            case ASN ->
                "Of " + up + ", the autonomous system of " + Numbers.count(day.told()) + " is known: "
                        + Numbers.plural(day.different(), "system", "different ones") + "." + counted;
        };
    }

    private static String unknown(Kind kind) {
        return switch (kind) {
            case SOFTWARE -> "No relay that is up says what it runs.";
            case NIP -> "No relay that is up claims any NIP.";
            case COUNTRY, ASN ->
                "Not known. Places come from the address databases that geo.files of the configuration names.";
            case NETWORK -> "No relay is up.";
        };
    }
}
