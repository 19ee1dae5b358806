package org.nostrmonitor.relayserver;

/** Whoever asked is not there any more, or does not want to know any more: nobody's fault. */
final class ClientGone extends RuntimeException {
    private static final long serialVersionUID = 1;

    ClientGone() {
        super("the client is gone", null, false, false);
    }
}
