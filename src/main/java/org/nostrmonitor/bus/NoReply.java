package org.nostrmonitor.bus;

import io.vertx.core.eventbus.ReplyException;

/** A request that got no reply: nobody was there, it took too long, or whoever serves it failed. */
public final class NoReply extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean served;

    private NoReply(String message, boolean served) {
        super(message, null, false, false);
        this.served = served;
    }

    static NoReply of(String address, Throwable failure) {
        if (failure instanceof ReplyException reply) {
            return switch (reply.failureType()) {
                case TIMEOUT -> new NoReply(address + " took too long", false);
                case NO_HANDLERS -> new NoReply("nobody serves " + address, false);
                case RECIPIENT_FAILURE -> new NoReply(address + " failed: " + reply.getMessage(), true);
                case ERROR -> new NoReply(address + " could not be asked: " + reply.getMessage(), false);
            };
        }
        return new NoReply(address + " could not be asked: " + failure, false);
    }

    /** Whether somebody heard the request, and failed. */
    public boolean wasServed() {
        return served;
    }
}
