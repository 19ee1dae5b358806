package org.nostrmonitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Facts;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Phases;
import org.nostrmonitor.relay.Place;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.TlsSession;
import org.nostrmonitor.relay.TlsSession.Certificate;

class NetworkTextTest {
    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
    private static final Certificate LEAF = new Certificate(
            "CN=relay.example",
            "CN=R11, O=Let's \u001b[31mEncrypt",
            List.of("relay.example", "www.relay.example"),
            Instant.parse("2026-04-11T08:15:00Z"),
            Instant.parse("2026-07-10T08:14:59Z"),
            "ab".repeat(32));

    @Test
    void tellsAddressesPlaceAndCertificateAndThatItExpires() {
        assertThat(lines(
                        List.of("203.0.113.7", "2001:db8::7"),
                        new TlsSession("TLSv1.3", "TLS_AES_128_GCM_SHA256", List.of(LEAF, LEAF)),
                        new Place("DE", "Berlin", "u33", 64_496L, "Example", false)))
                .containsExactly(
                        "",
                        "  address  203.0.113.7, 2001:db8::7",
                        "  place    Berlin, DE, u33",
                        "  network  AS64496 Example",
                        "  tls      TLSv1.3, TLS_AES_128_GCM_SHA256",
                        "  subject  CN=relay.example",
                        "  names    relay.example, www.relay.example",
                        "  issuer   CN=R11, O=Let's \\u001B[31mEncrypt",
                        "  valid    2026-04-11 08:15 UTC to 2026-07-10 08:14 UTC",
                        "  sha256   " + "ab".repeat(32),
                        "  chain    2 certificates",
                        "  The certificate expires in 8 days.");
    }

    @Test
    void printsNoLineForWhatIsNotKnown() {
        assertThat(NetworkText.of(report(Facts.NONE))).isEmpty();
        assertThat(lines(List.of(), null, new Place(null, null, null, 64_496L, null, false)))
                .containsExactly("", "  network  AS64496");
        assertThat(lines(List.of(), null, new Place(null, null, null, 13_335L, "CLOUDFLARENET", true)))
                .containsExactly("", "  place    many at once (anycast)", "  network  AS13335 CLOUDFLARENET");
        assertThat(lines(List.of(), new TlsSession(null, null, List.of(LEAF)), null))
                .doesNotContain("  tls")
                .contains("  chain    only its own certificate");
    }

    private static List<String> lines(List<String> addresses, @Nullable TlsSession tls, @Nullable Place place) {
        return NetworkText.of(report(new Facts(addresses, tls, place, Map.of(), Map.of())));
    }

    private static CheckReport report(Facts facts) {
        Outcome passed = new Outcome.Passed();
        return new CheckReport(
                RelayUrl.of("wss://relay.example"),
                "local",
                NOW,
                NOW,
                null,
                Phases.NONE,
                passed,
                passed,
                passed,
                passed,
                null,
                Map.of(),
                Duration.ZERO,
                Set.of(),
                1,
                facts);
    }
}
