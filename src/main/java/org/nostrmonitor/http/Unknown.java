package org.nostrmonitor.http;

/** What was asked for is not there; the message says what. */
final class Unknown extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unknown(String what) {
        super(what);
    }
}
