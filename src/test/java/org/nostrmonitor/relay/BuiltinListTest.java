package org.nostrmonitor.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.probe.AddressPolicy;

/** The list in the jar is what was seen in the wild, less what is no public relay. {@link #main} makes it anew. */
class BuiltinListTest {
    private static final Path SEEN = Path.of("src/test/resources/relay/relay-urls.txt");
    private static final Path BUILTIN = Path.of("src/main/resources/relays.txt");

    /** RFC 6761, RFC 6762, RFC 8375 and .internal: no name below these can be reached from outside. */
    private static final Set<String> LOCAL_NAMES =
            Set.of("localhost", "local", "home.arpa", "internal", "test", "invalid", "example");

    public static void main(String[] arguments) throws IOException {
        Files.write(BUILTIN, made());
    }

    /** The rule: canonical, once each, in the order seen, without the hosts that are not public. */
    private static List<String> made() throws IOException {
        Set<String> relays = new LinkedHashSet<>();
        try (InputStream in = Files.newInputStream(SEEN)) {
            RelayListReader reader = new RelayListReader(in);
            for (RelayListReader.Line line = reader.next(); line != null; line = reader.next()) {
                if (line instanceof RelayListReader.Accepted accepted
                        && isPublic(accepted.relay().host())) {
                    relays.add(accepted.relay().value());
                }
            }
        }
        return List.copyOf(relays);
    }

    private static boolean isPublic(String host) throws UnknownHostException {
        if (isLiteral(host)) {
            return AddressPolicy.PUBLIC_ONLY.permits(InetAddress.getByName(host));
        }
        return host.indexOf('.') > 0 && LOCAL_NAMES.stream().noneMatch(local -> host.endsWith("." + local));
    }

    /** A canonical host that ends in a digit is an IPv4 address. */
    private static boolean isLiteral(String host) {
        return host.indexOf(':') >= 0 || host.matches("[0-9.]+");
    }

    @Test
    void isWhatTheRuleMakesOfTheRelaysSeen() throws IOException {
        assertThat(Files.readAllLines(BUILTIN)).isEqualTo(made());
    }

    @Test
    void everyLineIsCanonicalAndUniqueAndPublic() throws Exception {
        List<String> lines = Files.readAllLines(BUILTIN);

        assertThat(lines).doesNotHaveDuplicates().hasSizeGreaterThan(7_000);
        for (String line : lines) {
            RelayUrl relay = RelayUrl.parse(line);
            assertThat(relay.value()).isEqualTo(line);
            assertThat(isPublic(relay.host())).as(line).isTrue();
        }
    }

    @Test
    void isInTheJarAsAListThatIsReadWhole() throws Exception {
        try (InputStream in = RelayUrl.class.getResourceAsStream("/relays.txt")) {
            assertThat(in).isNotNull();
            assertThat(RelayListReader.all(in))
                    .hasSize(Files.readAllLines(BUILTIN).size());
        }
    }
}
