package org.nostrmonitor.nostr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both implementations against the test vectors of BIP-340 and against one another. */
class SchnorrTest {
    private static final Schnorr NATIVE = new NativeSchnorr();
    private static final Schnorr JAVA = new JavaSchnorr();
    private static final int ROUNDS = 300;

    /** A row of the vectors, its cells as they are; an empty secret is one that is not given. */
    record Vector(List<String> cells) {
        static Vector of(String line) {
            return new Vector(List.of(line.split(",", -1)));
        }

        byte[] secret() {
            return Hex.bytes(cells.get(1));
        }

        byte[] publicKey() {
            return Hex.bytes(cells.get(2));
        }

        byte[] randomness() {
            return Hex.bytes(cells.get(3));
        }

        byte[] message() {
            return Hex.bytes(cells.get(4));
        }

        byte[] signature() {
            return Hex.bytes(cells.get(5));
        }

        boolean isGood() {
            return cells.get(6).equals("TRUE");
        }

        boolean canBeSigned() {
            return !cells.get(1).isEmpty();
        }

        boolean hasUsualLength() {
            return message().length == 32;
        }

        @Override
        public String toString() {
            return "vector " + cells.get(0);
        }
    }

    static List<Vector> vectors() throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(SchnorrTest.class.getResourceAsStream("/nostr/bip340-vectors.csv")),
                StandardCharsets.UTF_8))) {
            return reader.lines().skip(1).map(Vector::of).toList();
        }
    }

    @Test
    void readsAllVectors() throws IOException {
        assertThat(vectors()).hasSize(19);
        assertThat(vectors().stream().filter(Vector::canBeSigned)).hasSize(8);
        assertThat(vectors().stream().filter(vector -> !vector.isGood())).hasSize(10);
        assertThat(vectors().stream().filter(vector -> !vector.hasUsualLength()))
                .hasSize(4);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void passesTheVectorInJava(Vector vector) {
        assertThat(JAVA.verify(vector.signature(), vector.message(), vector.publicKey()))
                .isEqualTo(vector.isGood());
        if (vector.canBeSigned()) {
            assertThat(JAVA.publicKey(vector.secret())).isEqualTo(vector.publicKey());
            assertThat(JAVA.sign(vector.message(), vector.secret(), vector.randomness()))
                    .isEqualTo(vector.signature());
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void passesTheVectorNatively(Vector vector) {
        if (vector.canBeSigned()) {
            assertThat(NATIVE.publicKey(vector.secret())).isEqualTo(vector.publicKey());
        }
        if (!vector.hasUsualLength()) {
            saysThatItCannotTakeTheMessage(vector);
            return;
        }
        assertThat(NATIVE.verify(vector.signature(), vector.message(), vector.publicKey()))
                .isEqualTo(vector.isGood());
        if (vector.canBeSigned()) {
            assertThat(NATIVE.sign(vector.message(), vector.secret(), vector.randomness()))
                    .isEqualTo(vector.signature());
        }
    }

    /** Its Java binding takes 32 bytes only; Nostr signs nothing else. */
    private static void saysThatItCannotTakeTheMessage(Vector vector) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NATIVE.verify(vector.signature(), vector.message(), vector.publicKey()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NATIVE.sign(vector.message(), vector.secret(), vector.randomness()));
    }

    @Test
    void signsTheSameInBothWays() {
        Random random = new Random(340);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] secret = bytes(random, 32);
            byte[] message = bytes(random, 32);
            byte[] randomness = bytes(random, 32);
            byte[] signature = NATIVE.sign(message, secret, randomness);
            byte[] publicKey = NATIVE.publicKey(secret);
            assertThat(JAVA.publicKey(secret)).isEqualTo(publicKey);
            assertThat(JAVA.sign(message, secret, randomness)).isEqualTo(signature);
            assertThat(NATIVE.verify(signature, message, publicKey)).isTrue();
            assertThat(JAVA.verify(signature, message, publicKey)).isTrue();
        }
    }

    @Test
    void judgesBrokenSignaturesTheSameInBothWays() {
        Random random = new Random(341);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] secret = bytes(random, 32);
            byte[] message = bytes(random, 32);
            byte[] publicKey = NATIVE.publicKey(secret);
            byte[] signature = NATIVE.sign(message, secret, bytes(random, 32));
            byte[] victim = List.of(message, publicKey, signature).get(random.nextInt(3));
            victim[random.nextInt(victim.length)] ^= (byte) (1 << random.nextInt(8));
            assertThat(NATIVE.verify(signature, message, publicKey)).isFalse();
            assertThat(JAVA.verify(signature, message, publicKey)).isFalse();
        }
    }

    @Test
    void judgesNoiseTheSameInBothWays() {
        Random random = new Random(342);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] signature = bytes(random, random.nextInt(4) == 0 ? random.nextInt(80) : 64);
            byte[] publicKey = bytes(random, random.nextInt(4) == 0 ? random.nextInt(40) : 32);
            byte[] message = bytes(random, 32);
            assertThat(NATIVE.verify(signature, message, publicKey)).isFalse();
            assertThat(JAVA.verify(signature, message, publicKey)).isFalse();
        }
    }

    @Test
    void judgesTheEndsOfTheRangesTheSameInBothWays() {
        byte[] secret = bytes(new Random(343), 32);
        byte[] publicKey = NATIVE.publicKey(secret);
        byte[] good = NATIVE.sign(new byte[32], secret, new byte[32]);
        byte[] zeroS = Arrays.copyOf(Arrays.copyOf(good, 32), 64);
        byte[] zeroR = new byte[64];
        System.arraycopy(good, 32, zeroR, 32, 32);
        byte[] ones = new byte[64];
        Arrays.fill(ones, (byte) 0xff);
        for (byte[] signature : List.of(zeroS, zeroR, ones, new byte[64])) {
            for (byte[] author : List.of(publicKey, new byte[32], Arrays.copyOf(ones, 32))) {
                assertThat(NATIVE.verify(signature, new byte[32], author)).isFalse();
                assertThat(JAVA.verify(signature, new byte[32], author)).isFalse();
            }
        }
    }

    @Test
    void knowsTheRangeOfSecretKeysInBothWays() {
        BigInteger order = new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
        byte[] least = new byte[32];
        least[31] = 1;
        for (Schnorr schnorr : List.of(NATIVE, JAVA)) {
            assertThat(schnorr.isSecretKey(new byte[32])).isFalse();
            assertThat(schnorr.isSecretKey(least)).isTrue();
            assertThat(schnorr.isSecretKey(unsigned(order.subtract(BigInteger.ONE))))
                    .isTrue();
            assertThat(schnorr.isSecretKey(unsigned(order))).isFalse();
            assertThat(schnorr.isSecretKey(new byte[31])).isFalse();
            assertThat(schnorr.isSecretKey(new byte[33])).isFalse();
            assertThatIllegalArgumentException().isThrownBy(() -> schnorr.publicKey(new byte[32]));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> schnorr.sign(new byte[32], unsigned(order), new byte[32]));
        }
    }

    @Test
    void choosesTheNativeOneWhereItLoads() {
        assertThat(Signatures.implementation()).isEqualTo("libsecp256k1");
    }

    @Test
    void fallsBackToJavaWhereTheNativeOneDoesNotLoad() {
        assertThat(Signatures.choose(() -> {
                            throw new UnsatisfiedLinkError("no library for this platform");
                        })
                        .name())
                .isEqualTo("BouncyCastle");
        assertThat(Signatures.choose(() -> {
                            throw new IllegalStateException("cannot be unpacked");
                        })
                        .name())
                .isEqualTo("BouncyCastle");
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return Arrays.copyOfRange(bytes, bytes.length - 32, bytes.length);
    }
}
