package org.nostrmonitor.fuzz;

import java.util.random.RandomGenerator;

/** JSON by its grammar, of the words that a reader knows, with whatever values: right in form, wrong in sense. */
final class InventedJson {
    private static final String[] NUMBERS = {
        "0",
        "-0",
        "1",
        "-1",
        "1.5",
        "1e3",
        "1E-400",
        "1e999",
        "65535",
        "65536",
        "2147483647",
        "2147483648",
        "-2147483649",
        "4294967296",
        "9007199254740993",
        "9223372036854775807",
        "9223372036854775808",
        "31556889864403200",
        "1e999999999"
    };
    private static final String[] STRINGS = {
        "",
        " ",
        "a",
        "\\u0000",
        "\\ud800",
        "\\udc00\\ud800",
        "\\ud83d\\udc36",
        "\u202e",
        "\\r\\n",
        "🐶",
        "-1",
        "11",
        "+1000000000-12-31T23:59:59Z",
        "2026-11-22T12:00:00Z",
        "2026-13-40T99:00:00Z",
        "wss://relay.example/",
        "wss://",
        "\\\\u0000",
        "NaN"
    };

    private final RandomGenerator random;
    private final String[] words;
    private final StringBuilder out = new StringBuilder();

    InventedJson(RandomGenerator random, String[] words) {
        this.random = random;
        this.words = words;
    }

    String text() {
        value(random.nextInt(5));
        return out.toString();
    }

    private void value(int depth) {
        switch (random.nextInt(depth > 0 ? 8 : 5)) {
            case 0 -> out.append(NUMBERS[random.nextInt(NUMBERS.length)]);
            case 1 -> string(STRINGS[random.nextInt(STRINGS.length)]);
            case 2 -> string(word());
            case 3 -> out.append(random.nextBoolean() ? "true" : random.nextBoolean() ? "false" : "null");
            case 4 -> odd();
            case 5 -> array(depth);
            default -> object(depth);
        }
    }

    private void array(int depth) {
        out.append('[');
        for (int i = random.nextInt(5); i > 0; i--) {
            value(depth - 1);
            out.append(i > 1 ? "," : "");
        }
        out.append(']');
    }

    private void object(int depth) {
        out.append('{');
        for (int i = random.nextInt(6); i > 0; i--) {
            string(word());
            out.append(':');
            value(depth - 1);
            out.append(i > 1 ? "," : "");
        }
        out.append('}');
    }

    /** What is rare, large or deep. */
    private void odd() {
        int size = 1 + random.nextInt(2_000);
        switch (random.nextInt(5)) {
            case 0 -> out.append("9".repeat(size));
            case 4 -> string("9".repeat(random.nextInt(20)));
            case 1 -> string("x".repeat(size));
            case 2 -> out.append("[".repeat(size)).append("]".repeat(size));
            default -> out.append("{\"a\":".repeat(size)).append('0').append("}".repeat(size));
        }
    }

    private void string(String escaped) {
        out.append('"').append(escaped).append('"');
    }

    private String word() {
        return words.length == 0 ? "" : words[random.nextInt(words.length)];
    }
}
