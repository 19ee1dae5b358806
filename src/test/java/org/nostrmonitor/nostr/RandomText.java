package org.nostrmonitor.nostr;

import java.util.Random;

/** Texts and broken JSON for tests with a seed. */
final class RandomText {
    private static final String FRAGMENTS =
            "[ ] { } , : \" \\ \\u0000 \\ud800 \\udc00 \\x / null true false 0 -1 1e999 1.5 65535 99999999999 \"\" \"a\" "
                    + "\"id\" \"kinds\" \"#e\" \"limit\" \"EVENT\" \"OK\" \"AUTH\" \"REQ\" \"CLOSED\" \"NOTICE\" \u0000 \ud800 é 🐶";
    private static final String[] PARTS = FRAGMENTS.split(" ", -1);

    private RandomText() {}

    /** Any characters but NUL and halves of surrogate pairs; control characters too. */
    static String storable(Random random) {
        int[] points = random.ints(random.nextInt(40), 1, 0x2_0000)
                .map(point -> random.nextBoolean() ? point % 0x80 : point)
                .filter(point -> point > 0 && (point < 0xD800 || point > 0xDFFF))
                .toArray();
        return new String(points, 0, points.length);
    }

    /** A text with some characters removed, doubled, changed, or replaced by a piece of JSON. */
    static String broken(Random random, String text) {
        StringBuilder broken = new StringBuilder(text);
        for (int times = 1 + random.nextInt(4); times > 0; times--) {
            int at = random.nextInt(broken.length() + 1);
            int end = Math.min(broken.length(), at + random.nextInt(6));
            switch (random.nextInt(4)) {
                case 0 -> broken.delete(at, end);
                case 1 -> broken.insert(at, broken.substring(at, end));
                case 2 -> broken.replace(at, end, PARTS[random.nextInt(PARTS.length)]);
                default -> broken.insert(at, (char) random.nextInt(0x1_0000));
            }
        }
        return broken.toString();
    }

    /** Pieces of JSON in any order. */
    static String noise(Random random) {
        StringBuilder noise = new StringBuilder();
        for (int parts = random.nextInt(30); parts > 0; parts--) {
            noise.append(PARTS[random.nextInt(PARTS.length)]);
        }
        return noise.toString();
    }
}
