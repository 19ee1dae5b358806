package org.nostrmonitor.fuzz;

import java.util.List;
import java.util.random.RandomGenerator;

/** Makes bad inputs of good ones: by characters, by pieces, by splicing two, by nesting, by invention. */
public final class Damage {
    private static final String PIECES =
            "[ ] { } , : \" \\ \\\" \\\\ \\u0000 \\ud800 \\udc00 \\ud83d\\udc36 \\x \\u12 / null true false 0 -0 -1 1e5 1e999 1e999999999 "
                    + "0.1 1.0 65535 65536 2147483648 9007199254740992 9223372036854775808 -9223372036854775809 \"\" \"a\" "
                    + "{\"a\":1,\"a\":2} [[]] [{}] # ' \u0000 \ud800 \udc00 \u2028 \u202e \ufeff \r \n \u001b[31m é 🐶 ١ 1٣ İ";
    private static final String[] TEXT = PIECES.split(" ", -1);
    /** What may stand in a string of JSON. */
    private static final String[] INSIDE = {
        "\\u0000",
        "\\ud800",
        "\\udc00",
        "\\\\u0000",
        "\\r\\n",
        "\\u001b[2J",
        "\\u202e",
        "\\\"",
        "0".repeat(20),
        "x".repeat(1_100)
    };

    private static final int LONGEST = 1 << 16;

    private final RandomGenerator random;
    private final List<String> good;
    private final boolean isText;

    /** @param isText whether any characters may be in it, or bytes only: the characters 0 to 255 */
    public Damage(RandomGenerator random, List<String> good, boolean isText) {
        this.random = random;
        this.good = List.copyOf(good);
        this.isText = isText;
    }

    /** The next bad input; it may happen to be good. */
    public String input() {
        return isText && random.nextInt(8) == 0 ? new InventedJson(random, words(any())).text() : damaged();
    }

    private String damaged() {
        StringBuilder text = new StringBuilder(any());
        for (int times = 1 + random.nextInt(1 + random.nextInt(5)); times > 0 && text.length() < LONGEST; times--) {
            damage(text);
        }
        return text.toString();
    }

    private void damage(StringBuilder text) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + 1 + random.nextInt(8));
        switch (random.nextInt(13)) {
            case 0 -> text.delete(at, end);
            case 1 -> text.insert(at, text.substring(at, end));
            case 2 -> text.replace(at, end, piece());
            case 3 -> text.insert(at, piece());
            case 4 -> flip(text, at);
            case 5 -> text.setLength(at);
            case 6 -> splice(text, at);
            case 7 -> text.insert(at, piece().repeat(1 + random.nextInt(random.nextInt(8) == 0 ? 2_000 : 8)));
            case 8, 9 -> swapValue(text);
            case 10, 11 -> writeInside(text);
            default -> text.insert(at, (char) random.nextInt(isText ? 0x1_0000 : 0x100));
        }
    }

    private void flip(StringBuilder text, int at) {
        if (at < text.length()) {
            text.setCharAt(at, (char) (text.charAt(at) ^ 1 << random.nextInt(8)));
        }
    }

    /** Goes on with another good one, from somewhere in it. */
    private void splice(StringBuilder text, int at) {
        String other = any();
        text.setLength(at);
        text.append(other, random.nextInt(other.length() + 1), other.length());
    }

    /** Puts a JSON value of another kind where one stands, so that the rest stays good. */
    private void swapValue(StringBuilder text) {
        int before = next(text, ":[,");
        if (before >= 0) {
            int end = before + 1;
            while (end < text.length() && ",}]".indexOf(text.charAt(end)) < 0) {
                end++;
            }
            text.replace(before + 1, end, new InventedJson(random, words(any())).text());
        }
    }

    /** Writes something into a string in a form that JSON allows, so that the rest stays good. */
    private void writeInside(StringBuilder text) {
        int quote = next(text, "\"");
        if (quote >= 0) {
            text.insert(quote + random.nextInt(2), INSIDE[random.nextInt(INSIDE.length)]);
        }
    }

    /** Where one of these characters stands, from anywhere on; below 0 if nowhere, or if bytes are wanted. */
    private int next(StringBuilder text, String characters) {
        int at = isText ? random.nextInt(text.length() + 1) : text.length();
        while (at < text.length() && characters.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at < text.length() ? at : -1;
    }

    private String piece() {
        if (isText) {
            return TEXT[random.nextInt(TEXT.length)];
        }
        StringBuilder bytes = new StringBuilder();
        for (int length = random.nextInt(6); length >= 0; length--) {
            bytes.append((char) random.nextInt(0x100));
        }
        return bytes.toString();
    }

    private String any() {
        return good.get(random.nextInt(good.size()));
    }

    /** The strings of a good one: names of its fields, mostly. */
    private static String[] words(String text) {
        return text.split("[^A-Za-z0-9_-]+", 200);
    }
}
