package org.nostrmonitor.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.config.StartFailure;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Place;

class PlacesTest {
    private static final Map<String, ?> BERLIN = Map.of(
            "country", Map.of("iso_code", "DE"),
            "city", Map.of("names", Map.of("en", "Berlin", "de", "Berlin an der Spree, mit einem langen Namen")),
            "location", Map.of("latitude", 52.52, "longitude", 13.405, "accuracy_radius", 20));
    private static final Map<String, ?> SOMEWHERE_IN_GERMANY = Map.of(
            "country", Map.of("iso_code", "DE"),
            "location", Map.of("latitude", 51.3, "longitude", 9.49, "accuracy_radius", 200));

    @TempDir
    private Path directory;

    private final MaxMindFile cities = new MaxMindFile();
    private final MaxMindFile networks = new MaxMindFile();

    @Test
    void findsCityCountryAndNetworkOfBothFamilies() {
        cities.with("198.51.100.0/24", BERLIN).with("2600:1::/32", BERLIN);
        networks.with("198.51.100.0/25", network(64_496, "Example")).with("2600:1::/48", network(64_497, "Other"));
        assertThat(place("198.51.100.7")).isEqualTo(new Place("DE", "Berlin", "u33", 64_496L, "Example", false));
        assertThat(place("2600:1::7")).isEqualTo(new Place("DE", "Berlin", "u33", 64_497L, "Other", false));
    }

    @Test
    void givesNoGeohashWhereOnlyTheCountryIsKnown() {
        cities.with("198.51.100.0/24", SOMEWHERE_IN_GERMANY);
        networks.with("198.51.100.0/24", network(64_496, "Example"));
        assertThat(place("198.51.100.7")).isEqualTo(new Place("DE", null, null, 64_496L, "Example", false));
    }

    @Test
    void locatesNothingOfANetworkThatIsInManyPlaces() {
        cities.with("198.51.100.0/24", BERLIN);
        networks.with("198.51.100.0/24", network(13_335, "CLOUDFLARENET"));
        assertThat(place("198.51.100.7")).isEqualTo(new Place(null, null, null, 13_335L, "CLOUDFLARENET", true));
    }

    @Test
    void believesAFileThatSaysAnycast() {
        cities.with("198.51.100.0/24", with(BERLIN, "traits", Map.of("is_anycast", true)));
        networks.with("198.51.100.0/24", network(64_496, "Example"));
        assertThat(place("198.51.100.7")).isEqualTo(new Place(null, null, null, 64_496L, "Example", true));
    }

    @Test
    void locatesNothingWhoseNetworkIsNotKnown() {
        cities.with("198.51.100.0/24", BERLIN);
        networks.with("203.0.113.0/24", network(64_496, "Example"));
        assertThat(place("198.51.100.7")).isNull();
        assertThat(place("203.0.113.1")).isEqualTo(new Place(null, null, null, 64_496L, "Example", false));
        assertThat(place("192.0.2.1")).isNull();
    }

    @Test
    void takesTheCityFromTheFileThatHasOne() {
        Path countries = new MaxMindFile()
                .with("198.51.100.0/24", Map.of("country", Map.of("iso_code", "AT")))
                .to(directory.resolve("countries.mmdb"));
        cities.with("198.51.100.0/24", BERLIN);
        networks.with("198.51.100.0/24", network(64_496, "Example"));
        Place place = places(countries, cities.to(directory.resolve("cities.mmdb")), networks.to(file()))
                .of(address("198.51.100.7"));
        assertThat(place).isEqualTo(new Place("DE", "Berlin", "u33", 64_496L, "Example", false));
    }

    @Test
    void findsTheNetworkWhereAnEnterpriseFileHasIt() {
        Map<String, ?> traits = Map.of("autonomous_system_number", 64_496, "autonomous_system_organization", "Example");
        networks.with("198.51.100.0/24", with(BERLIN, "traits", traits));
        assertThat(places(networks.to(file())).of(address("198.51.100.7")))
                .isEqualTo(new Place("DE", "Berlin", "u33", 64_496L, "Example", false));
    }

    @Test
    void takesOddRecordsForNone() {
        cities.with(
                "198.51.100.0/24",
                Map.of(
                        "country", "Germany",
                        "city", Map.of("names", Map.of("en", 7)),
                        "location", Map.of("latitude", 91.0, "longitude", "east")));
        networks.with("198.51.100.0/24", network(64_496, "Example"));
        assertThat(place("198.51.100.7")).isEqualTo(new Place(null, null, null, 64_496L, "Example", false));
    }

    @Test
    void knowsNothingWithoutFiles() {
        assertThat(Places.of(MonitorConfig.DEFAULT.geo()).of(address("198.51.100.7")))
                .isNull();
    }

    @Test
    void refusesFilesWithoutNetworks() {
        Path file = cities.with("198.51.100.0/24", BERLIN).to(file());
        assertThatThrownBy(() -> places(file))
                .isInstanceOf(StartFailure.class)
                .hasMessageStartingWith("geo.files: no file has the networks of addresses (ASN)");
    }

    @Test
    void saysWhichFileIsBroken() throws IOException {
        Path whole =
                networks.with("198.51.100.0/24", network(64_496, "Example")).to(directory.resolve("whole"));
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(directory.resolve("cut.mmdb"), Arrays.copyOf(bytes, bytes.length - 40));
        Path text = Files.writeString(directory.resolve("text.mmdb"), "not a database");
        for (Path file : List.of(cut, text, directory.resolve("missing.mmdb"))) {
            assertThatThrownBy(() -> places(whole, file))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageStartingWith("geo.files: " + file + " cannot be read as a MaxMind DB file: ");
        }
    }

    @Test
    void areToldOfTheAddressThatWasDialled() {
        networks.with("127.0.0.0/8", network(64_496, "Loopback"));
        cities.with("127.0.0.0/8", BERLIN);
        try (ProbeLab lab = new ProbeLab().knowing(places(cities.to(directory.resolve("c")), networks.to(file())))) {
            CheckReport report = lab.probe(new ScriptedRelay(lab.vertx).start().ws());
            assertThat(report.facts().place()).isEqualTo(new Place("DE", "Berlin", "u33", 64_496L, "Loopback", false));
        }
    }

    private @Nullable Place place(String address) {
        return places(cities.to(directory.resolve("cities.mmdb")), networks.to(file()))
                .of(address(address));
    }

    private static Places places(Path... files) {
        return Places.of(new MonitorConfig.Geo(
                List.of(files), MonitorConfig.DEFAULT.geo().anycastAsns()));
    }

    private Path file() {
        return directory.resolve("networks.mmdb");
    }

    private static Map<String, ?> network(int asn, String name) {
        return Map.of("autonomous_system_number", asn, "autonomous_system_organization", name);
    }

    private static Map<String, ?> with(Map<String, ?> record, String key, Object value) {
        Map<String, Object> more = new java.util.HashMap<>(record);
        more.put(key, value);
        return more;
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString(text));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
