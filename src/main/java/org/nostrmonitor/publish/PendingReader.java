package org.nostrmonitor.publish;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.relay.RelayUrl;

/**
 * Reads what is pending for one target, one read at a time: what is not on its way, those that were set aside last of all, and
 * one at a time. It holds many ids and reads each event only when it can be sent: a superseded one is gone by then.
 */
final class PendingReader {
    private static final int MOST_IDS = 1_000;

    private final Surroundings around;
    private final Context context;
    private final RelayUrl target;
    private final SendWindow window;
    private final SetAside setAside;
    private final Listener listener;
    /** Known to have been pending, and not read yet, in their order. */
    private List<String> ids = List.of();

    private boolean reading;
    /** Whether the outbox may hold something whose id is not known. */
    private boolean more;

    interface Listener {
        /**
         * @param events at least one
         * @param readFor the session that was asked for with the read
         */
        void found(List<NostrEvent> events, @Nullable TargetSession readFor);

        /** Nothing is pending but what is on its way, or something may have become so meanwhile. */
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

    /** There may be something pending whose id is not known. */
    void mayHoldMore() {
        more = true;
    }

    /** They were found and cannot be sent now: they are the first again. */
    void giveBack(List<NostrEvent> events) {
        List<String> all = new ArrayList<>(events.stream().map(NostrEvent::id).toList());
        all.addAll(ids);
        ids = all;
    }

    /** Reads up to so many, unless it reads already or there can be nothing. */
    void read(int most, @Nullable TargetSession readFor) {
        if (reading) {
            return;
        }
        if (!ids.isEmpty()) {
            readEvents(most, readFor);
        } else if (more) {
            more = false;
            readIds(setAside.ids(), MOST_IDS, most, readFor);
        }
    }

    private void readIds(List<String> aside, int mostIds, int most, @Nullable TargetSession readFor) {
        List<String> exceptIds = new ArrayList<>(window.ids());
        exceptIds.addAll(aside);
        await(around.outbox().pendingIds(target, mostIds, exceptIds), result -> {
            if (result.failed()) {
                unreadable(result.cause());
            } else if (!result.result().isEmpty()) {
                ids = result.result();
                more |= ids.size() == mostIds;
                readEvents(most, readFor);
            } else if (more || !window.isEmpty()) {
                listener.foundNothing();
            } else if (!aside.isEmpty()) {
                readIds(List.of(), 1, 1, readFor);
            } else {
                setAside.clear();
            }
        });
    }

    private void readEvents(int most, @Nullable TargetSession readFor) {
        List<String> wanted = ids.subList(0, Math.min(most, ids.size()));
        await(around.outbox().pending(target, wanted), result -> {
            if (result.failed()) {
                unreadable(result.cause());
                return;
            }
            ids = ids.subList(wanted.size(), ids.size());
            if (result.result().isEmpty()) {
                listener.foundNothing();
            } else {
                listener.found(result.result(), readFor);
            }
        });
    }

    private interface Step<T> {
        void take(AsyncResult<T> result);
    }

    private <T> void await(Future<T> read, Step<T> next) {
        reading = true;
        read.timeout(around.pace().storage().toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(result -> context.runOnContext(now -> {
                    reading = false;
                    next.take(result);
                }));
    }

    private void unreadable(Throwable fault) {
        more = true;
        listener.unreadable("the outbox cannot be read: " + fault.getMessage());
    }
}
