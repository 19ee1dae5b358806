package org.nostrmonitor.nostr;

import java.util.Random;

/** Texts for tests with a seed. */
final class RandomText {
    private RandomText() {}

    /** Any characters but NUL and halves of surrogate pairs; control characters too. */
    static String storable(Random random) {
        int[] points = random.ints(random.nextInt(40), 1, 0x2_0000)
                .map(point -> random.nextBoolean() ? point % 0x80 : point)
                .filter(point -> point > 0 && (point < 0xD800 || point > 0xDFFF))
                .toArray();
        return new String(points, 0, points.length);
    }
}
