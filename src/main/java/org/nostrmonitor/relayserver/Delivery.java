package org.nostrmonitor.relayserver;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nostrmonitor.storage.EventCard;
import org.nostrmonitor.storage.StoredEvents;

/** Finds out which new events go to which subscriptions, a little at a time, and sends them. Used on one event loop. */
final class Delivery {
    /** Some milliseconds of an event loop. */
    private static final int MATCHES_IN_A_ROW = 10_000;

    private static final int EVENTS_AT_ONCE = 32;

    /** A new event for a subscription that waits for it. */
    record Due(Subscription subscription, String id) {}

    private final Vertx vertx;
    private final StoredEvents events;
    private final RelayFigures figures;

    Delivery(Vertx vertx, StoredEvents events, RelayFigures figures) {
        this.vertx = vertx;
        this.events = events;
        this.figures = figures;
    }

    /** Goes through the cards from {@code next} on; completes {@code done} when all are sent or kept. */
    void match(List<EventCard> cards, List<Subscription> listeners, int next, List<Due> due, Promise<Void> done) {
        int card = next;
        for (int matches = 0; card < cards.size() && matches < MATCHES_IN_A_ROW; card++) {
            match(cards.get(card), listeners, due);
            matches += listeners.size();
        }
        int rest = card;
        if (rest < cards.size()) {
            vertx.runOnContext(go -> match(cards, listeners, rest, due, done));
        } else {
            send(due, 0).onComplete(done);
        }
    }

    private static void match(EventCard card, List<Subscription> listeners, List<Due> due) {
        for (Subscription subscription : listeners) {
            if (subscription.wants(card)) {
                if (subscription.isLive()) {
                    due.add(new Due(subscription, card.id()));
                } else if (!subscription.keep(card)) {
                    subscription
                            .client()
                            .end(subscription, "error: too many new events while the stored ones are read");
                }
            }
        }
    }

    /** In the order in which they are due: of one event all subscriptions stand together, and its text is read once. */
    Future<Void> send(List<Due> due, int from) {
        if (from >= due.size()) {
            return Future.succeededFuture();
        }
        int to = from;
        Set<String> ids = new LinkedHashSet<>();
        while (to < due.size()
                && (ids.size() < EVENTS_AT_ONCE || ids.contains(due.get(to).id()))) {
            ids.add(due.get(to).id());
            to++;
        }
        List<Due> page = due.subList(from, to);
        int rest = to;
        return events.texts(ids).compose(texts -> {
            page.forEach(one -> send(one, texts));
            return send(due, rest);
        });
    }

    /** What was replaced since comes by itself, in its newer form. */
    private void send(Due due, Map<String, String> texts) {
        String text = texts.get(due.id());
        if (text != null && !due.subscription().hasEnded()) {
            due.subscription().send(text);
            figures.live.increment();
        }
    }
}
