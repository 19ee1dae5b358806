package org.nostrmonitor.probe;

import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** What of a relay is open, and held, while its probe lasts. */
final class Visit {
    final Purse purse;

    @Nullable
    Destination reached;

    @Nullable
    Conversation conversation;

    /** @param purse of this probe alone */
    Visit(Purse purse) {
        this.purse = purse;
    }

    /** Nothing more is to be said. */
    void hangUp() {
        if (conversation != null) {
            conversation.close();
            conversation = null;
        }
    }

    void end() {
        hangUp();
        purse.close();
    }

    /** Fails if what the relay sent could not all be taken: whatever the checks made of that is not the relay's doing. */
    Future<Void> undisturbed() {
        return purse.isUsedUp()
                ? Future.failedFuture(new BudgetUsedUp("no more bytes could be taken"))
                : Future.succeededFuture();
    }
}
