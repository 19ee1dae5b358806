package org.nostrmonitor.http.view;

import java.math.BigDecimal;
import java.util.List;

/**
 * How to ask this site from a program. It tells nothing of the moment it is made at, so it changes only with the version, but for
 * two addresses that whoever sends it puts in: {@link #HERE} and {@link #RELAY}.
 *
 * @param lede how it may be asked
 */
public record ApiPage(Frame frame, String verdict, String lede, List<Command> commands, ApiReference reference) {
    /** Stands for the origin of this site, as its reader sees it. */
    public static final String HERE = "https://this-site.invalid";

    /** Stands for the URL of a relay that is known here, encoded. */
    public static final String RELAY = "this-relay.invalid";

    public ApiPage {
        commands = List.copyOf(commands);
    }

    /** @param line to be pasted into a shell as it is */
    public record Command(String what, String line) {
        static Command get(String what, String options, String path) {
            return new Command(what, "curl " + options + "\"" + HERE + "/api/v1" + path + "\"");
        }
    }

    /**
     * @param perSecond how often one address may ask, on average
     * @param atOnce how many seconds' worth may come at once
     */
    public static ApiPage of(Frame.Site site, ApiReference reference, double perSecond, int atOnce) {
        String verdict = "Ask from your program what these pages show.";
        return new ApiPage(
                Frame.ofNoMoment(site, "API", "How to ask " + site.name() + " from a program.", "api"),
                verdict,
                "Reading is open to everybody and needs no key: JSON over HTTP, from any origin (CORS), at most "
                        + plain(perSecond) + (perSecond == 1 ? " request" : " requests")
                        + " a second from one address, " + Math.max(1, (long) (perSecond * atOnce))
                        + " at once. Lists go on with a cursor, an ETag spares you what you have, and times are ISO 8601 in UTC.",
                COMMANDS,
                reference);
    }

    private static final List<Command> COMMANDS = List.of(
            Command.get(
                    "Relays that are online and accepted our last write", "", "/relays?status=online&writable=true"),
            Command.get(
                    "Those within 1,000 km of Berlin that claim NIP-42 and NIP-50, the fastest first",
                    "",
                    "/relays?status=online&nip=42&nip=50&near=52.5,13.4&km=1000&sort=open"),
            Command.get("A relay over the last 30 days", "", "/relays/" + RELAY + "/history?resolution=day"),
            Command.get("What is being found, as it happens", "-N ", "/stream?only=checks"),
            Command.get("All relays, one JSON object on each line", "-o relays.ndjson ", "/export.ndjson"));

    private static String plain(double number) {
        return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
    }
}
