package org.nostrmonitor.http;

/** What is stored cannot be read now. Passing. */
final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unavailable(String what, Throwable cause) {
        super(what, cause);
    }
}
