package org.nostrmonitor.nostr;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/**
 * BIP-340 over the curve arithmetic of BouncyCastle, for platforms without libsecp256k1. Messages of any length. Slower, and
 * not in constant time.
 */
final class JavaSchnorr implements Schnorr {
    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");
    private static final BigInteger N = CURVE.getN();
    private static final BigInteger P = CURVE.getCurve().getField().getCharacteristic();

    @Override
    public String name() {
        return "BouncyCastle";
    }

    @Override
    public boolean isSecretKey(byte[] secret) {
        if (secret.length != 32) {
            return false;
        }
        BigInteger scalar = new BigInteger(1, secret);
        return scalar.signum() > 0 && scalar.compareTo(N) < 0;
    }

    @Override
    public byte[] publicKey(byte[] secret) {
        return x(timesG(scalar(secret)));
    }

    @Override
    public byte[] sign(byte[] message, byte[] secret, byte[] randomness) {
        BigInteger scalar = scalar(secret);
        ECPoint point = timesG(scalar);
        BigInteger d = hasEvenY(point) ? scalar : N.subtract(scalar);
        byte[] publicKey = x(point);
        byte[] masked = xor(bytes(d), Sha256.tagged("BIP0340/aux", randomness));
        BigInteger nonce = new BigInteger(1, Sha256.tagged("BIP0340/nonce", masked, publicKey, message)).mod(N);
        Arrays.fill(masked, (byte) 0);
        if (nonce.signum() == 0) {
            throw new IllegalStateException("a nonce of zero: cannot happen but by a broken SHA-256");
        }
        ECPoint commitment = timesG(nonce);
        BigInteger k = hasEvenY(commitment) ? nonce : N.subtract(nonce);
        byte[] r = x(commitment);
        BigInteger s = k.add(challenge(r, publicKey, message).multiply(d)).mod(N);
        byte[] signature = Arrays.copyOf(r, 64);
        System.arraycopy(bytes(s), 0, signature, 32, 32);
        return signature;
    }

    @Override
    public boolean verify(byte[] signature, byte[] message, byte[] publicKey) {
        if (signature.length != 64 || publicKey.length != 32) {
            return false;
        }
        byte[] r = Arrays.copyOf(signature, 32);
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
        if (new BigInteger(1, r).compareTo(P) >= 0 || s.compareTo(N) >= 0) {
            return false;
        }
        ECPoint author = liftX(publicKey);
        if (author.isInfinity()) {
            return false;
        }
        BigInteger minusE = N.subtract(challenge(r, publicKey, message)).mod(N);
        ECPoint point =
                ECAlgorithms.sumOfTwoMultiplies(CURVE.getG(), s, author, minusE).normalize();
        return !point.isInfinity() && hasEvenY(point) && Arrays.equals(x(point), r);
    }

    /** The point with this x and an even y, or infinity if there is none. */
    private static ECPoint liftX(byte[] x) {
        ECCurve curve = CURVE.getCurve();
        if (new BigInteger(1, x).compareTo(P) >= 0) {
            return curve.getInfinity();
        }
        byte[] compressed = new byte[33];
        compressed[0] = 2;
        System.arraycopy(x, 0, compressed, 1, 32);
        try {
            return curve.decodePoint(compressed).normalize();
        } catch (IllegalArgumentException e) {
            return curve.getInfinity(); // not on the curve
        }
    }

    private static BigInteger challenge(byte[] r, byte[] publicKey, byte[] message) {
        return new BigInteger(1, Sha256.tagged("BIP0340/challenge", r, publicKey, message)).mod(N);
    }

    private BigInteger scalar(byte[] secret) {
        if (!isSecretKey(secret)) {
            throw new IllegalArgumentException("not a secret key");
        }
        return new BigInteger(1, secret);
    }

    private static ECPoint timesG(BigInteger scalar) {
        return new FixedPointCombMultiplier().multiply(CURVE.getG(), scalar).normalize();
    }

    private static boolean hasEvenY(ECPoint point) {
        return !point.getAffineYCoord().testBitZero();
    }

    private static byte[] x(ECPoint point) {
        return point.getAffineXCoord().getEncoded();
    }

    private static byte[] bytes(BigInteger number) {
        return BigIntegers.asUnsignedByteArray(32, number);
    }

    private static byte[] xor(byte[] a, byte[] b) {
        byte[] sum = new byte[a.length];
        for (int i = 0; i < a.length; i++) {
            sum[i] = (byte) (a[i] ^ b[i]);
        }
        return sum;
    }
}
