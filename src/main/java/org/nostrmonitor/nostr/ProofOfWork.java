package org.nostrmonitor.nostr;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Proof of work (NIP-13): the leading zero bits of an event's id. */
public final class ProofOfWork {
    /** How many hashes are made between two looks at the clock. */
    private static final int ROUND = 4_096;

    /** Digits of a nonce: always as many, so that only they change from one hash to the next. */
    private static final int DIGITS = 12;

    private static final String FIRST = "1" + "0".repeat(DIGITS - 1);

    private ProofOfWork() {}

    /** The leading zero bits of an id of 64 hex digits, 0 to 256. */
    public static int of(String id) {
        return leadingZeros(Hex.bytes(id));
    }

    /**
     * Looks for a nonce, which takes 2^bits hashes on average: never on an event loop.
     *
     * @param author the public key that will sign, 64 hex digits
     * @param bits the work wanted, which the nonce tag names as its target, 1 to 256
     * @param giveUp asked every few milliseconds
     * @return the template with its nonce tag as the last one, or empty if it was given up
     */
    public static Optional<EventTemplate> mine(
            EventTemplate template, String author, int bits, BooleanSupplier giveUp) {
        byte[] text = canonical(author, with(template, FIRST, bits));
        int at = nonceAt(text, bits);
        MessageDigest begun = Sha256.begin();
        begun.update(text, 0, at);
        byte[] rest = Arrays.copyOfRange(text, at, text.length);
        long tried = 0;
        while (!giveUp.getAsBoolean()) {
            for (int i = 0; i < ROUND; i++) {
                digits(rest, tried++);
                MessageDigest digest = Sha256.copy(begun);
                digest.update(rest);
                if (leadingZeros(digest.digest()) >= bits) {
                    String nonce = new String(rest, 0, DIGITS, StandardCharsets.US_ASCII);
                    return Optional.of(with(template, nonce, bits));
                }
            }
        }
        return Optional.empty();
    }

    private static EventTemplate with(EventTemplate template, String nonce, int bits) {
        List<List<String>> tags = new ArrayList<>(template.tags());
        tags.add(List.of("nonce", nonce, Integer.toString(bits)));
        return new EventTemplate(template.createdAt(), template.kind(), tags, template.content());
    }

    private static byte[] canonical(String author, EventTemplate template) {
        return CanonicalEvent.text(author, template.createdAt(), template.kind(), template.tags(), template.content())
                .getBytes(StandardCharsets.UTF_8);
    }

    /** A quote within a text is written with a backslash, so this cannot stand in a tag or the content. */
    private static int nonceAt(byte[] text, int bits) {
        String tag = "[\"nonce\",\"" + FIRST + "\",\"" + bits + "\"]]";
        String whole = new String(text, StandardCharsets.ISO_8859_1);
        return whole.lastIndexOf(tag) + "[\"nonce\",\"".length();
    }

    private static void digits(byte[] text, long number) {
        long left = number;
        for (int i = DIGITS - 1; i > 0; i--) {
            text[i] = (byte) ('0' + left % 10);
            left /= 10;
        }
    }

    private static int leadingZeros(byte[] hash) {
        int zeros = 0;
        for (byte part : hash) {
            if (part != 0) {
                return zeros + Integer.numberOfLeadingZeros(part & 0xff) - (Integer.SIZE - Byte.SIZE);
            }
            zeros += Byte.SIZE;
        }
        return zeros;
    }
}
