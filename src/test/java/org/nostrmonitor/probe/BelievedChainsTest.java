package org.nostrmonitor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BelievedChainsTest {
    private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

    private Instant now = START;
    private final BelievedChains chains = new BelievedChains(() -> now, 2);
    private final X509Certificate leaf = certificate(Duration.ofDays(90));

    @Test
    void believesTheSameChainForTheSameHostForADay() {
        remember("relay.example", leaf);

        now = START.plus(Duration.ofHours(23));
        assertThat(knows("relay.example", leaf)).isTrue();
        now = START.plus(Duration.ofHours(24));
        assertThat(knows("relay.example", leaf)).isFalse();
    }

    @Test
    void believesNothingOfAnotherHostOrAnotherChain() {
        remember("relay.example", leaf);

        assertThat(knows("other.example", leaf)).isFalse();
        assertThat(knows("relay.example", certificate(Duration.ofDays(90)))).isFalse();
        assertThat(knows("relay.example", leaf, leaf)).isFalse();
    }

    @Test
    void believesNoneLongerThanItsCertificateIsValid() {
        X509Certificate shortLived = certificate(Duration.ofHours(2));
        remember("relay.example", leaf, shortLived);

        now = START.plus(Duration.ofMinutes(119));
        assertThat(knows("relay.example", leaf, shortLived)).isTrue();
        now = START.plus(Duration.ofHours(2));
        assertThat(knows("relay.example", leaf, shortLived)).isFalse();
    }

    @Test
    void doesNotMindACertificateThatHadExpiredBefore() {
        X509Certificate needless = certificate(Duration.ofHours(-1));
        remember("relay.example", leaf, needless);

        assertThat(knows("relay.example", leaf, needless)).isTrue();
    }

    @Test
    void forgetsTheOneNotAskedForTheLongest() {
        remember("a.example", leaf);
        remember("b.example", leaf);
        assertThat(knows("a.example", leaf)).isTrue();
        remember("c.example", leaf);

        assertThat(knows("b.example", leaf)).isFalse();
        assertThat(knows("a.example", leaf)).isTrue();
    }

    private void remember(String host, X509Certificate... chain) {
        chains.remember(host, chain);
    }

    private boolean knows(String host, X509Certificate... chain) {
        return chains.knows(host, chain);
    }

    private static X509Certificate certificate(Duration validFor) {
        try {
            return new CertificateBuilder()
                    .subject("CN=relay")
                    .notBefore(START.minus(Duration.ofDays(10)))
                    .notAfter(START.plus(validFor))
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned()
                    .getCertificate();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
