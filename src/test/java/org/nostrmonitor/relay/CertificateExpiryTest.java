package org.nostrmonitor.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nostrmonitor.relay.TlsSession.Certificate;

class CertificateExpiryTest {
    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "P14D, The certificate expires in 14 days.",
        "P9DT23H, The certificate expires in 9 days.",
        "P1DT1H, The certificate expires in 1 day.",
        "PT23H59M, The certificate expires in 23 hours.",
        "PT1H, The certificate expires in 1 hour.",
        "PT59M, The certificate expires in less than an hour.",
        "PT0S, The certificate expires in less than an hour.",
        "-PT1S, The certificate expired less than an hour ago.",
        "-P3DT1H, The certificate expired 3 days ago.",
    })
    void warnsFromFourteenDaysOn(Duration left, String warning) {
        assertThat(CertificateExpiry.warning(session(left), NOW)).contains(warning);
    }

    @Test
    void saysNothingBefore() {
        assertThat(CertificateExpiry.warning(session(Duration.ofDays(14).plusSeconds(1)), NOW))
                .isEmpty();
    }

    private static TlsSession session(Duration left) {
        return new TlsSession(
                null, null, List.of(new Certificate("", "", List.of(), Instant.EPOCH, NOW.plus(left), "00")));
    }
}
