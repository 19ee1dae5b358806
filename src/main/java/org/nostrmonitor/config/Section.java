package org.nostrmonitor.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Printable;

/**
 * An object of the configuration while it is read: key by key, then {@link #end}. Every value given for a key is checked,
 * the last one wins: file, environment, flags.
 */
final class Section {
    private final String path;
    private final ObjectNode node;
    private final List<Given> given;
    private final Faults faults;
    private final Set<String> known = new LinkedHashSet<>();

    private Section(String path, ObjectNode node, List<Given> given, Faults faults) {
        this.path = path;
        this.node = node;
        this.given = given;
        this.faults = faults;
    }

    static Section root(ObjectNode node, List<Given> given, Faults faults) {
        return new Section("", node, given, faults);
    }

    /** An object inside; empty if it is absent. */
    Section section(String key) {
        known.add(key);
        JsonNode inner = node.get(key);
        if (inner != null && !inner.isObject()) {
            faults.add(at(key), "must be an object, not " + Readings.kind(inner));
        }
        ObjectNode object = inner instanceof ObjectNode found ? found : JsonNodeFactory.instance.objectNode();
        return new Section(at(key), object, given, faults);
    }

    /** The keys of an object whose keys are free, each an object inside; those that are no good are faults. */
    List<String> names(Reading.Step<String, String> format) {
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            known.add(entry.getKey());
            try {
                names.add(format.take(entry.getKey()));
            } catch (Wrong wrong) {
                faults.add(at(Printable.of(entry.getKey(), 60)), wrong);
            }
        }
        return names;
    }

    /** Whether the key is there, good or not. */
    boolean has(String key) {
        return node.has(key);
    }

    /** Whether the key is there and an object. */
    boolean isObject(String key) {
        return node.path(key).isObject();
    }

    /** The value, or the default if it is absent or faulty. */
    <T> T read(String key, T absent, Reading<T> reading) {
        T value = read(key, reading, false);
        return value == null ? absent : value;
    }

    /** The value, or null if it is absent, null or faulty. */
    <T> @Nullable T optional(String key, Reading<T> reading) {
        return read(key, reading, true);
    }

    /** A value that may come from the environment alone. */
    <T> @Nullable T notInFile(String key, Reading<T> reading, String instead) {
        if (node.has(key)) {
            known.add(key);
            faults.add(at(key), "does not belong into a file: " + instead);
        }
        return fromOutside(key, null, reading);
    }

    private <T> @Nullable T read(String key, Reading<T> reading, boolean nullable) {
        known.add(key);
        JsonNode own = node.get(key);
        boolean absent = own == null || (nullable && own.isNull());
        T inFile = absent ? null : read(at(key), own, reading);
        return fromOutside(key, inFile, reading);
    }

    private <T> @Nullable T fromOutside(String key, @Nullable T inFile, Reading<T> reading) {
        T last = inFile;
        for (Given one : given) {
            if (one.path().equals(at(key))) {
                T value = read(one.where(), one.value(), reading);
                last = value == null ? last : value;
            }
        }
        return last;
    }

    private <T> @Nullable T read(String where, JsonNode value, Reading<T> reading) {
        try {
            return reading.read(value);
        } catch (Wrong wrong) {
            faults.add(where, wrong);
            return null;
        }
    }

    /** A fault of a key whose value was readable. */
    void fault(String key, String what) {
        faults.add(at(key), what);
    }

    /** Every key that was not read is unknown. */
    void end() {
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (!known.contains(entry.getKey())) {
                String key = Printable.of(entry.getKey(), 60);
                faults.add(at(key), "there is no such key (" + String.join(", ", known) + ")");
            }
        }
    }

    private String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
