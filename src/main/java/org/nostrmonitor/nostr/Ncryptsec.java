package org.nostrmonitor.nostr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.ChaChaEngine;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.modes.ChaCha20Poly1305;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/** A secret key behind a password: {@code ncryptsec1…}, NIP-49. All of it blocks for as long as scrypt takes. */
public final class Ncryptsec {
    static final String HRP = "ncryptsec";

    private static final int KEY = 32;
    private static final int SALT = 16;
    private static final int NONCE = 24;
    private static final int TAG = 16;
    private static final int BYTES = 1 + 1 + SALT + NONCE + 1 + KEY + TAG;
    private static final byte VERSION = 2;

    /** A gigabyte of memory, and "2 seconds on a fast computer" (NIP-49). */
    public static final int MAX_LOG_N = 20;

    /** What {@link #encrypt} takes where nobody says otherwise: 64 MiB and a tenth of a second. */
    public static final int USUAL_LOG_N = 16;

    /** The client does not track how its key was handled. */
    private static final byte NOT_TRACKED = 2;

    private static final int BLOCK_SIZE = 8;
    private static final int[] SIGMA = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};
    private static final int ROUNDS = 20;

    private Ncryptsec() {}

    /** Whether the text is meant to be one. */
    static boolean isOne(CharSequence text) {
        String start =
                text.subSequence(0, Math.min(text.length(), HRP.length() + 1)).toString();
        return start.equalsIgnoreCase(HRP + "1");
    }

    /**
     * The key in it.
     *
     * @throws ProtocolException if the text is none, asks for more memory than there is, or the password is another one; the
     *     message holds nothing of either
     */
    static SecretKey decrypt(CharSequence text, Password password) throws ProtocolException {
        ByteBuffer parts = ByteBuffer.wrap(Bech32.decode(HRP, text, BYTES));
        byte version = parts.get();
        int logN = Byte.toUnsignedInt(parts.get());
        if (version != VERSION) {
            throw new ProtocolException("an ncryptsec of version " + version + ", where " + VERSION + " is known");
        }
        if (logN == 0 || logN > MAX_LOG_N) {
            throw new ProtocolException(
                    "an ncryptsec with 2^" + logN + " rounds; at most 2^" + MAX_LOG_N + " are made");
        }
        requireMemory(logN);
        byte[] symmetric = SCrypt.generate(password.bytes(), take(parts, SALT), 1 << logN, BLOCK_SIZE, 1, KEY);
        try {
            return SecretKey.of(
                    sealOrOpen(false, symmetric, take(parts, NONCE), take(parts, 1), take(parts, KEY + TAG)));
        } catch (InvalidCipherTextException e) {
            throw new ProtocolException("the password is not that of the ncryptsec");
        } finally {
            Arrays.fill(symmetric, (byte) 0);
        }
    }

    /**
     * The key as text that is worth nothing without the password.
     *
     * @param logN how hard a guess is: 2^logN rounds of scrypt, 1 to 20
     */
    public static String encrypt(SecretKey key, Password password, int logN) {
        SecureRandom random = new SecureRandom();
        byte[] salt = new byte[SALT];
        byte[] nonce = new byte[NONCE];
        random.nextBytes(salt);
        random.nextBytes(nonce);
        byte[] symmetric = SCrypt.generate(password.bytes(), salt, 1 << logN, BLOCK_SIZE, 1, KEY);
        byte[] plain = key.copy();
        try {
            byte[] handled = {NOT_TRACKED};
            byte[] sealed = sealOrOpen(true, symmetric, nonce, handled, plain);
            byte[] all = ByteBuffer.allocate(BYTES)
                    .put(VERSION)
                    .put((byte) logN)
                    .put(salt)
                    .put(nonce)
                    .put(handled)
                    .put(sealed)
                    .array();
            return Bech32.encode(HRP, all);
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("nothing can be wrong with what is only encrypted", e);
        } finally {
            Arrays.fill(symmetric, (byte) 0);
            Arrays.fill(plain, (byte) 0);
        }
    }

    /** The heap must hold scrypt's table and all that is there besides. */
    private static void requireMemory(int logN) throws ProtocolException {
        long needed = (128L * BLOCK_SIZE) << logN;
        if (needed > Runtime.getRuntime().maxMemory() / 4 * 3) {
            throw new ProtocolException("an ncryptsec with 2^" + logN + " rounds needs " + (needed >> 20)
                    + " MiB of memory, more than this process may have (-Xmx)");
        }
    }

    private static byte[] take(ByteBuffer parts, int length) {
        byte[] part = new byte[length];
        parts.get(part);
        return part;
    }

    /** XChaCha20-Poly1305: ChaCha20-Poly1305 of RFC 8439 under a key made by HChaCha20 of the first 16 bytes of the nonce. */
    private static byte[] sealOrOpen(boolean seal, byte[] key, byte[] nonce, byte[] associated, byte[] in)
            throws InvalidCipherTextException {
        byte[] ofNonce = subkey(key, nonce);
        byte[] rest = ByteBuffer.allocate(12).putInt(0).put(nonce, 16, 8).array();
        ChaCha20Poly1305 cipher = new ChaCha20Poly1305();
        cipher.init(seal, new AEADParameters(new KeyParameter(ofNonce), TAG * 8, rest, associated));
        byte[] out = new byte[cipher.getOutputSize(in.length)];
        int length = cipher.processBytes(in, 0, in.length, out, 0);
        cipher.doFinal(out, length);
        Arrays.fill(ofNonce, (byte) 0);
        return out;
    }

    /** HChaCha20 is the ChaCha20 block without its last addition, of which only the first and the last row are taken. */
    private static byte[] subkey(byte[] key, byte[] nonce) {
        int[] state = new int[16];
        System.arraycopy(SIGMA, 0, state, 0, SIGMA.length);
        ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(state, 4, 8);
        ByteBuffer.wrap(nonce).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(state, 12, 4);
        int[] block = new int[16];
        ChaChaEngine.chachaCore(ROUNDS, state, block);
        ByteBuffer subkey = ByteBuffer.allocate(KEY).order(ByteOrder.LITTLE_ENDIAN);
        for (int row : new int[] {0, 12}) {
            for (int i = row; i < row + 4; i++) {
                subkey.putInt(block[i] - state[i]);
            }
        }
        Arrays.fill(state, 0);
        return subkey.array();
    }
}
