package org.nostrmonitor.schedule;

/** This scheduler does not lead any more: what it was about is another's now. */
final class NotLeading extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotLeading() {
        super("another scheduler leads", null, false, false);
    }
}
