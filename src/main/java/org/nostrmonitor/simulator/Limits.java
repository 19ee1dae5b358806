package org.nostrmonitor.simulator;

/** What a simulated relay takes from one client at most. */
final class Limits {
    static final int MOST_MESSAGE_BYTES = 128 * 1024;
    static final int MOST_SUBSCRIPTIONS = 20;
    static final int MOST_SUBSCRIPTION_ID = 64;
    /** Messages of one client that wait for their answer's time. */
    static final int MOST_WAITING = 256;
    /** Events in the answer to one filter. */
    static final int MOST_ANSWERS = 500;
    /** How far ahead of the clock an event may be. */
    static final int MOST_SECONDS_AHEAD = 900;
    /** How old an AUTH event may be (NIP-42: about ten minutes). */
    static final int MOST_SECONDS_OF_AUTH = 600;

    static final int IDLE_SECONDS = 60;
    static final int BACKLOG = 4096;

    static final int SLOW_FROM_MS = 2000;
    static final int SLOWEST_MS = 4000;

    private Limits() {}
}
