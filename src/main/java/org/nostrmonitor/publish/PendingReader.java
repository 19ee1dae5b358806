package org.nostrmonitor.publish;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.relay.RelayUrl;

/**
 * Reads what is pending for one target, one read at a time: what is not on its way, those that were set aside last of all, and
 * one at a time.
 */
final class PendingReader {
    private final Surroundings around;
    private final Context context;
    private final RelayUrl target;
    private final SendWindow window;
    private final SetAside setAside;
    private final Listener listener;
    private boolean reading;
    /** Whether the outbox may hold something that was not read. */
    private boolean more;

    interface Listener {
        /**
         * @param events at least one
         * @param readFor the session that was asked for with the read
         */
        void found(List<NostrEvent> events, @Nullable TargetSession readFor);

        /** Nothing is pending but what is on its way, or something was stored meanwhile. */
        void foundNothing();

        void unreadable(String why);
    }

    PendingReader(
            Surroundings around,
            Context context,
            RelayUrl target,
            SendWindow window,
            SetAside setAside,
            Listener listener) {
        this.around = around;
        this.context = context;
        this.target = target;
        this.window = window;
        this.setAside = setAside;
        this.listener = listener;
    }

    /** There may be something pending that was not read. */
    void mayHoldMore() {
        more = true;
    }

    /** Reads up to so many, unless it reads already or there can be nothing. */
    void read(int most, @Nullable TargetSession readFor) {
        if (more && !reading) {
            more = false;
            readWithout(setAside.ids(), most, readFor);
        }
    }

    private void readWithout(List<String> aside, int most, @Nullable TargetSession readFor) {
        reading = true;
        List<String> exceptIds = new ArrayList<>(window.ids());
        exceptIds.addAll(aside);
        around.outbox()
                .pending(target, most, exceptIds)
                .timeout(around.pace().storage().toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(result -> context.runOnContext(now -> {
                    reading = false;
                    wasRead(result, aside, most, readFor);
                }));
    }

    private void wasRead(
            AsyncResult<List<NostrEvent>> result, List<String> aside, int most, @Nullable TargetSession readFor) {
        if (result.failed()) {
            more = true;
            listener.unreadable("the outbox cannot be read: " + result.cause().getMessage());
        } else if (!result.result().isEmpty()) {
            more |= result.result().size() == most;
            listener.found(result.result(), readFor);
        } else if (more || !window.isEmpty()) {
            listener.foundNothing();
        } else if (!aside.isEmpty()) {
            readWithout(List.of(), 1, readFor);
        } else {
            setAside.clear();
        }
    }
}
