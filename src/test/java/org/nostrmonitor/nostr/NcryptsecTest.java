package org.nostrmonitor.nostr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The first vector is that of NIP-49. */
class NcryptsecTest {
    private static final String VECTOR =
            "ncryptsec1qgg9947rlpvqu76pj5ecreduf9jxhselq2nae2kghhvd5g7dgjtcxfqtd67p9m0w57lspw8gsq6yphnm8623nsl8xn"
                    + "9j4jdzz84zm3frztj3z7s35vpzmqf6ksu8r89qk5z2zxfmu5gv8th8wclt0h4p";
    private static final String SECRET = "3501454135014541350145413501453fefb02227e449e57cf4d3a3ce05378683";
    private static final Password PASSWORD = Password.of("nostr");

    @Test
    void opensTheVectorOfTheNip() throws ProtocolException {
        assertThat(Ncryptsec.decrypt(VECTOR, PASSWORD).nsec())
                .isEqualTo(SecretKey.parse(SECRET).nsec());
        assertThat(Ncryptsec.decrypt(VECTOR.toUpperCase(java.util.Locale.ROOT), PASSWORD)
                        .publicKey())
                .isEqualTo(SecretKey.parse(SECRET).publicKey());
    }

    @Test
    void opensWhatItHasSealed() throws ProtocolException {
        SecretKey key = SecretKey.random();

        String sealed = Ncryptsec.encrypt(key, PASSWORD, 4);

        assertThat(sealed).startsWith("ncryptsec1").hasSize(VECTOR.length());
        assertThat(Ncryptsec.decrypt(sealed, PASSWORD).nsec()).isEqualTo(key.nsec());
        assertThat(Ncryptsec.encrypt(key, PASSWORD, 4)).isNotEqualTo(sealed);
    }

    /** NIP-49 has the same characters written in another way: the ligature, the composed and the decomposed form. */
    @Test
    void takesAPasswordHoweverItsCharactersAreComposed() throws ProtocolException {
        SecretKey key = SecretKey.random();

        String sealed = Ncryptsec.encrypt(key, Password.of("\u00C5\uFB01x"), 4);

        assertThat(Ncryptsec.decrypt(sealed, Password.of("A\u030Afix")).nsec()).isEqualTo(key.nsec());
    }

    @Test
    void refusesAnotherPassword() {
        String sealed = Ncryptsec.encrypt(SecretKey.random(), PASSWORD, 4);

        assertThatThrownBy(() -> Ncryptsec.decrypt(sealed, Password.of("Nostr")))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("the password is not that of the ncryptsec");
    }

    @Test
    void refusesATextWithAnErrorAndOneOfAnotherKind() {
        assertThatThrownBy(() -> Ncryptsec.decrypt(VECTOR.replace("qgg9", "qgg8"), PASSWORD))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("checksum");
        assertThatThrownBy(() -> Ncryptsec.decrypt(SecretKey.random().nsec(), PASSWORD))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("ncryptsec1");
    }

    @Test
    void doesNoMoreWorkThanFitsIntoAGigabyte() {
        String hard = sealedWith(21);

        assertThatThrownBy(() -> Ncryptsec.decrypt(hard, PASSWORD))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("2^21");
    }

    /** Only says that so much is needed. */
    private static String sealedWith(int logN) {
        byte[] bytes = new byte[91];
        bytes[0] = 2;
        bytes[1] = (byte) logN;
        return Bech32.encode(Ncryptsec.HRP, bytes);
    }
}
