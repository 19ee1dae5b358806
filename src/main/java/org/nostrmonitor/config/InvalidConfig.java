package org.nostrmonitor.config;

import java.util.List;

/** A configuration that cannot be used. Holds every fault that was found, a line each, and no secret. */
public final class InvalidConfig extends Exception {
    private static final long serialVersionUID = 1;

    private final List<String> faults;

    public InvalidConfig(List<String> faults) {
        super(String.join("\n", faults), null, false, false);
        this.faults = List.copyOf(faults);
    }

    /** At least one line {@code where: what is wrong}. */
    public List<String> faults() {
        return faults;
    }
}
