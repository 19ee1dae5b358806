package org.nostrmonitor.config;

import java.util.List;

/** A value that cannot be taken, with each of its faults. Never quotes a value that may be a secret. */
final class Wrong extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<Part> parts;

    /** @param at where in the value: empty, {@code [2]} or {@code .name} */
    record Part(String at, String what) {}

    Wrong(String what) {
        this(List.of(new Part("", what)));
    }

    Wrong(List<Part> parts) {
        super(parts.toString(), null, false, false);
        this.parts = List.copyOf(parts);
    }

    List<Part> parts() {
        return parts;
    }
}
