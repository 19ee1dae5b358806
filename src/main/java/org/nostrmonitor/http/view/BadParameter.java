package org.nostrmonitor.http.view;

/** A parameter of the URL is not one we understand; the message says which, and what it may be. */
public final class BadParameter extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BadParameter(String message) {
        super(message);
    }
}
