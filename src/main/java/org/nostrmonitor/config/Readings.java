package org.nostrmonitor.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** The kinds of values: text, numbers, paths, lists. What a text may say is in {@link Formats}. */
final class Readings {
    private static final int MAX_PATH = 4_096;
    private static final int MAX_ITEMS = 10_000;

    private Readings() {}

    /** @param most how many characters it may have */
    static Reading<String> text(int most) {
        return node -> {
            String text = anyText(node);
            if (text.length() > most) {
                throw new Wrong("is longer than " + most + " characters");
            }
            if (text.chars().anyMatch(Character::isISOControl)) {
                throw new Wrong("has a control character");
            }
            return text;
        };
    }

    private static String anyText(JsonNode node) throws Wrong {
        if (!node.isTextual()) {
            throw new Wrong("must be a text, not " + kind(node));
        }
        return node.textValue();
    }

    /** What came from the environment alone: a file has no such values. */
    static Reading<Secret> secret() {
        return node -> {
            if (node instanceof POJONode given && given.getPojo() instanceof Secret secret) {
                return secret;
            }
            throw new Wrong("must come from the environment");
        };
    }

    static Reading<Integer> integer(int least, int most) {
        return node -> {
            if (!node.isIntegralNumber()) {
                throw new Wrong("must be a whole number, not " + (node.isNumber() ? "a fraction" : kind(node)));
            }
            checkRange(node.decimalValue(), least, most);
            return node.intValue();
        };
    }

    /** The number of an autonomous system: 32 bits, zero reserved (RFC 6793, RFC 7607). */
    static Reading<Long> asn() {
        return node -> {
            if (!node.isIntegralNumber() || !node.canConvertToLong()) {
                throw new Wrong("must be the number of a network, not " + kind(node));
            }
            long asn = node.longValue();
            if (asn < 1 || asn > 0xffff_ffffL) {
                throw new Wrong(asn + " is not 1 to 4294967295");
            }
            return asn;
        };
    }

    static Reading<Double> decimal(int least, int most) {
        return node -> {
            if (!node.isNumber()) {
                throw new Wrong("must be a number, not " + kind(node));
            }
            checkRange(node.decimalValue(), least, most);
            double value = node.doubleValue();
            if (value <= least) {
                throw new Wrong("must be above " + least);
            }
            return value;
        };
    }

    /** Compared without expanding: {@code 1e999999999} is a JSON number. */
    private static void checkRange(BigDecimal number, int least, int most) throws Wrong {
        String shown = number.precision() + Math.abs((long) number.scale()) > 20 ? "the number" : number.toString();
        if (number.compareTo(BigDecimal.valueOf(least)) < 0) {
            throw new Wrong(shown + " is below " + least);
        }
        if (number.compareTo(BigDecimal.valueOf(most)) > 0) {
            throw new Wrong(shown + " is above " + most);
        }
    }

    static Reading<Boolean> flag() {
        return node -> {
            if (!node.isBoolean()) {
                throw new Wrong("must be true or false, not " + kind(node));
            }
            return node.booleanValue();
        };
    }

    static Reading<Duration> millis(int least, int most) {
        return integer(least, most).then(Duration::ofMillis);
    }

    static Reading<Duration> seconds(int least, int most) {
        return integer(least, most).then(Duration::ofSeconds);
    }

    /** Stays relative, if it is: to the working directory of the process. */
    static Reading<Path> path() {
        return text(MAX_PATH).then(text -> {
            if (text.isBlank()) {
                throw new Wrong("is empty");
            }
            try {
                return Path.of(text);
            } catch (InvalidPathException e) {
                throw new Wrong("is not a path");
            }
        });
    }

    /** In their order, none twice. */
    static <T> Reading<List<T>> list(Reading<T> item) {
        return node -> {
            if (!node.isArray()) {
                throw new Wrong("must be a list, not " + kind(node));
            }
            if (node.size() > MAX_ITEMS) {
                throw new Wrong("has more than " + MAX_ITEMS + " items");
            }
            List<Wrong.Part> wrongs = new ArrayList<>();
            LinkedHashSet<T> items = new LinkedHashSet<>();
            for (int i = 0; i < node.size(); i++) {
                String at = "[" + i + "]";
                try {
                    if (!items.add(item.read(node.get(i)))) {
                        wrongs.add(new Wrong.Part(at, "is in the list already"));
                    }
                } catch (Wrong wrong) {
                    wrong.parts().forEach(part -> wrongs.add(new Wrong.Part(at + part.at(), part.what())));
                }
            }
            throwIfAny(wrongs);
            return List.copyOf(items);
        };
    }

    /** An object with free keys. */
    static <T> Reading<Map<String, T>> map(Reading.Step<String, String> key, Reading<T> value) {
        return node -> {
            if (!node.isObject()) {
                throw new Wrong("must be an object, not " + kind(node));
            }
            List<Wrong.Part> wrongs = new ArrayList<>();
            Map<String, T> entries = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                try {
                    entries.put(key.take(entry.getKey()), value.read(entry.getValue()));
                } catch (Wrong wrong) {
                    String at = "." + entry.getKey();
                    wrong.parts().forEach(part -> wrongs.add(new Wrong.Part(at + part.at(), part.what())));
                }
            }
            throwIfAny(wrongs);
            return Map.copyOf(entries);
        };
    }

    private static void throwIfAny(List<Wrong.Part> wrongs) throws Wrong {
        if (!wrongs.isEmpty()) {
            throw new Wrong(wrongs);
        }
    }

    static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT, POJO -> "an object";
            case STRING, BINARY -> "a text";
            case NUMBER -> "a number";
            case BOOLEAN -> node.booleanValue() ? "true" : "false";
            case NULL, MISSING -> "null";
        };
    }
}
