package org.nostrmonitor.http;

import java.time.Duration;

/** A request was not allowed; the message says why, to whoever asked. */
final class Denied extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final long retryAfterSeconds;

    private Denied(int status, String words, long retryAfterSeconds) {
        super(words);
        this.status = status;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** No token is configured, so nobody is allowed anything. */
    static Denied notEnabled() {
        return new Denied(
                403, "Admin actions are not enabled on this node: set " + AdminToken.KEY + " to turn them on.", 0);
    }

    static Denied noToken() {
        return new Denied(401, "This needs the admin token.", 0);
    }

    static Denied wrongToken() {
        return new Denied(401, "This is not the admin token.", 0);
    }

    static Denied tooManyTries(Duration wait) {
        long seconds = seconds(wait);
        return new Denied(429, "Too many wrong tokens came from this address: wait " + seconds + " s.", seconds);
    }

    static Denied tooOften(Duration wait) {
        long seconds = seconds(wait);
        return new Denied(429, "Too many requests came from this address: wait " + seconds + " s.", seconds);
    }

    static Denied tooManyExports(Duration wait) {
        return new Denied(429, "As many exports as may are under way: try again in a while.", seconds(wait));
    }

    static Denied tooManyStreams(Duration wait) {
        return new Denied(429, "As many live streams as may are open from this address.", seconds(wait));
    }

    private static long seconds(Duration wait) {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }

    /** 401, 403 or 429. */
    int status() {
        return status;
    }

    /** 0 if there is nothing to wait for. */
    long retryAfterSeconds() {
        return retryAfterSeconds;
    }

    String words() {
        return String.valueOf(getMessage());
    }
}
