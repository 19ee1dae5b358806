package org.nostrmonitor.http;

/** What was asked for cannot be done as things are; the message says why. Not passing by itself. */
final class Conflict extends RuntimeException {
    private static final long serialVersionUID = 1;

    Conflict(String why) {
        super(why);
    }
}
