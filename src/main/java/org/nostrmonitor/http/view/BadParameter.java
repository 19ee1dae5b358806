package org.nostrmonitor.http.view;

import org.jspecify.annotations.Nullable;

/** A parameter of the URL is not one we understand; the message says which, and what it may be. */
public final class BadParameter extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final @Nullable String name;

    public BadParameter(String message) {
        super(message);
        this.name = null;
    }

    /** @param wrong what is wrong with it, a clause that follows its name: "is not a number" */
    public BadParameter(String name, String wrong) {
        super(name + " " + wrong);
        this.name = name;
    }

    /** The name of the parameter; null if it is no single one. */
    public @Nullable String name() {
        return name;
    }
}
