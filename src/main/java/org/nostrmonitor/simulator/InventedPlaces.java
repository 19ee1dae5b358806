package org.nostrmonitor.simulator;

import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Place;

/** Where simulated relays would be: in real cities, the first ones more often, in networks of numbers that nobody has (RFC 5398). */
final class InventedPlaces {
    private static final int SALT = 23;
    private static final double BEHIND_A_CDN = 0.08;

    private static final List<String> CITIES = List.of(
            "US dqby Ashburn",
            "FI ud9w Helsinki",
            "DE u2bz Falkenstein",
            "NL u173 Amsterdam",
            "DE u0yj Frankfurt",
            "US dr5r New York",
            "JP xn76 Tokyo",
            "FR u09t Paris",
            "US 9q5c Los Angeles",
            "CA f25d Montréal",
            "GB gcpu London",
            "SG w21z Singapore",
            "US 9vg4 Dallas",
            "BR 6gyf São Paulo",
            "CH u0qj Zürich",
            "SE u6sc Stockholm",
            "PL u3qc Warsaw",
            "AU r3gx Sydney",
            "IN te7u Mumbai",
            "ZA ke7f Johannesburg",
            "AR 69y7 Buenos Aires",
            "KR wydm Seoul",
            "IS ge2k Reykjavík",
            "NZ rckq Auckland");

    private static final List<String> NETWORKS = List.of(
            "Nordwind Hosting",
            "Blue Fjord Cloud",
            "Copperline Networks",
            "Harbour Data",
            "Meadow Systems",
            "Quartz Internet",
            "Saffron Telecom",
            "Tidepool Colocation",
            "Windmill Servers");
    private static final long FIRST_ASN = 64_496;

    private InventedPlaces() {}

    /** Null for those behind an address that is in many places. */
    static @Nullable Place of(SimulatedRelay relay) {
        Random random = relay.random(SALT);
        if (random.nextDouble() < BEHIND_A_CDN) {
            return new Place(null, null, null, FIRST_ASN + NETWORKS.size(), "Everywhere CDN", true);
        }
        String[] city = CITIES.get(fewFirst(random, CITIES.size())).split(" ", 3);
        int network = fewFirst(random, NETWORKS.size());
        return new Place(city[0], city[2], city[1], FIRST_ASN + network, NETWORKS.get(network), false);
    }

    private static int fewFirst(Random random, int most) {
        return (int) (Math.pow(random.nextDouble(), 1.8) * most);
    }
}
