package org.nostrmonitor.http.view;

import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Network;
import org.nostrmonitor.storage.Statistics.Day;
import org.nostrmonitor.storage.Statistics.Kind;
import org.nostrmonitor.storage.Statistics.Series;

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

    /** A value as it is printed: of software a stranger's text. */
    static String name(Kind kind, Series series) {
        String what = series.what();
        String name = series.name();
        return switch (kind) {
            case SOFTWARE -> Software.shortName(what);
            case NIP -> what;
            case COUNTRY -> Countries.name(what);
            case NETWORK -> network(what);
            case ASN -> name == null ? "AS" + what : name;
        };
    }

    private static String network(String label) {
        return Stream.of(Network.values())
                .filter(network -> network.label().equals(label))
                .findFirst()
                .map(Networks::name)
                .orElse(label);
    }

    /** What a value means, where its name does not say it. */
    static @Nullable String more(Kind kind, Series series) {
        return switch (kind) {
            case NIP -> Nips.title(series.what());
            case ASN -> series.name() == null ? null : "AS" + series.what();
            default -> null;
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
