package org.nostrmonitor.nostr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProofOfWorkTest {
    private static final EventSigner AUTHOR = EventSigner.of(SecretKey.random());
    private static final EventTemplate NOTE = new EventTemplate(
            1_700_000_000,
            22166,
            List.of(List.of("nonce", "100000000000", "12"), List.of("x", "\"nonce\"")),
            "a \"b\" [\"nonce\",\"100000000000\",\"12\"]] \n 🐶");

    @ParameterizedTest
    @CsvSource({"000000000e9d97a1,36", "002f000000000000,10", "f000000000000000,0", "0100000000000000,7"})
    void countsLeadingZeroBitsAsNip13Does(String begin, int bits) {
        assertThat(ProofOfWork.of(begin + "0".repeat(48))).isEqualTo(begin.matches("0+") ? 256 : bits);
    }

    @Test
    void findsANonceThatTheSignedEventHolds() {
        EventTemplate mined =
                ProofOfWork.mine(NOTE, AUTHOR.publicKey(), 12, () -> false).orElseThrow();

        NostrEvent event = AUTHOR.sign(mined);

        assertThat(ProofOfWork.of(event.id())).isGreaterThanOrEqualTo(12);
        assertThat(mined.tags()).hasSize(3);
        assertThat(mined.tags().get(2)).hasSize(3).startsWith("nonce").endsWith("12");
        assertThat(mined.tags().subList(0, 2)).isEqualTo(NOTE.tags());
        assertThat(Signatures.verify(event)).isTrue();
    }

    @Test
    void givesUpWhenTold() {
        assertThat(ProofOfWork.mine(NOTE, AUTHOR.publicKey(), 200, () -> true)).isEqualTo(Optional.empty());
    }
}
