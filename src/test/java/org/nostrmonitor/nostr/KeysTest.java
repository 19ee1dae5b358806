package org.nostrmonitor.nostr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
    /** The examples of NIP-19. */
    private static final String SECRET = "67dea2ed018072d675f5415ecfaed7d2597555e202d85b3d65ea4e58d2d92ffa";

    private static final String NSEC = "nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5";
    private static final String PUBLIC = "7e7e9c42a91bfef19fa929e5fda1b72e0ebc1a4c1141673e2794234d86addf4e";
    private static final String NPUB = "npub10elfcs4fr0l0r8af98jlmgdh9c8tcxjvz9qkw038js35mp4dma8qzvjptg";

    @Test
    void readsASecretKeyInEitherForm() throws ProtocolException {
        assertThat(SecretKey.parse(SECRET).publicKey()).isEqualTo(PUBLIC);
        assertThat(SecretKey.parse(SECRET.toUpperCase(Locale.ROOT)).publicKey()).isEqualTo(PUBLIC);
        assertThat(SecretKey.parse(NSEC).publicKey()).isEqualTo(PUBLIC);
        assertThat(SecretKey.parse(SECRET).nsec()).isEqualTo(NSEC);
    }

    @Test
    void writesAndReadsPublicKeys() throws ProtocolException {
        assertThat(Nip19.npub(PUBLIC)).isEqualTo(NPUB);
        assertThat(Nip19.publicKey(NPUB)).isEqualTo(PUBLIC);
        assertThat(Nip19.publicKey(NPUB.toUpperCase(Locale.ROOT))).isEqualTo(PUBLIC);
        assertThatIllegalArgumentException().isThrownBy(() -> Nip19.npub(NPUB));
    }

    @Test
    void readsBackEveryKeyThatItWrites() throws ProtocolException {
        Random random = new Random(173);
        byte[] bytes = new byte[32];
        for (int round = 0; round < 500; round++) {
            random.nextBytes(bytes);
            assertThat(Bech32.decode("npub", Bech32.encode("npub", bytes), 32)).isEqualTo(bytes);
        }
    }

    @Test
    void seesAnyWrongCharacter() {
        for (int at = 0; at < NPUB.length(); at++) {
            String wrong = NPUB.substring(0, at) + (NPUB.charAt(at) == 'q' ? 'p' : 'q') + NPUB.substring(at + 1);
            assertThatThrownBy(() -> Nip19.publicKey(wrong)).isInstanceOf(ProtocolException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nsec1",
                "npub10elfcs4fr0l0r8af98jlmgdh9c8tcxjvz9qkw038js35mp4dma8qzvjptg",
                "nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe6",
                "Nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5",
                "nsec1vl029mgpspedva04g90vlt\u212ah6fvh240zqtv9k0t9af8935ke9laqsnlfe5",
                "nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5 ",
                "nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9lapd9tuyx",
                "67dea2ed018072d675f5415ecfaed7d2597555e202d85b3d65ea4e58d2d92ff",
                "67dea2ed018072d675f5415ecfaed7d2597555e202d85b3d65ea4e58d2d92ffg",
                "\uff16\uff17dea2ed018072d675f5415ecfaed7d2597555e202d85b3d65ea4e58d2d92ffa",
                "0000000000000000000000000000000000000000000000000000000000000000",
                "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"
            })
    void refusesWhatIsNoSecretKeyWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> SecretKey.parse(text))
                .isInstanceOf(ProtocolException.class)
                .satisfies(e -> {
                    if (text.length() > 8) {
                        assertThat(e.getMessage()).doesNotContain(text.substring(5, 13));
                    }
                });
    }

    @Test
    void makesAnotherKeyEachTime() {
        assertThat(SecretKey.random().publicKey())
                .isNotEqualTo(SecretKey.random().publicKey());
    }
}
