package org.nostrmonitor.relayserver;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.nostrmonitor.nostr.RelayMessage;
import org.nostrmonitor.storage.EventFilter;
import org.nostrmonitor.storage.StoredEvents;
import org.nostrmonitor.storage.StoredEvents.Found;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers one client's questions, one at a time and as fast as it reads: the next few events are fetched when most of the
 * last ones have left. Used on one event loop.
 */
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    private static final int EVENTS_AT_ONCE = 32;

    /** What the answers of all clients share. */
    record Shared(StoredEvents events, AnswerSlots slots, LiveFeed feed, Delivery delivery, RelayFigures figures) {}

    private final Client client;
    private final Shared shared;
    private final Deque<Supplier<Future<Void>>> questions = new ArrayDeque<>();
    private boolean busy;

    Answers(Client client, Shared shared) {
        this.client = client;
        this.shared = shared;
    }

    /** How many questions wait for their turn. */
    int waiting() {
        return questions.size();
    }

    void subscribe(Subscription subscription) {
        questions.add(() -> subscription.hasEnded() ? Future.succeededFuture() : stored(subscription));
        next();
    }

    void count(String query, List<EventFilter> filters) {
        questions.add(() -> shared.figures()
                .timed("count", shared.events().count(filters))
                .onSuccess(count -> client.say(new RelayMessage.Count(query, count)))
                .recover(fault -> {
                    client.say(new RelayMessage.Closed(query, words(fault)));
                    return Future.succeededFuture();
                })
                .mapEmpty());
        next();
    }

    /** No more answers. */
    void close() {
        questions.clear();
    }

    private void next() {
        if (busy || questions.isEmpty()) {
            return;
        }
        busy = true;
        shared.slots()
                .take(client.site())
                .compose(turn -> answerOne().eventually(() -> {
                    shared.slots().giveBack(client.site());
                    return Future.succeededFuture();
                }))
                .onFailure(this::refuse)
                .onComplete(done -> {
                    busy = false;
                    next();
                });
    }

    private Future<Void> answerOne() {
        Supplier<Future<Void>> question = questions.poll();
        return question == null ? Future.succeededFuture() : question.get();
    }

    /** There was no turn for this client: so all that wait are told. */
    private void refuse(Throwable fault) {
        if (fault instanceof AnswerSlots.Busy) {
            client.refuseWaiting("rate-limited: " + fault.getMessage());
            questions.clear();
        } else {
            LOG.warn("an answer of our relay ended by our own fault", fault);
        }
    }

    /** The feed first, so that nothing is stored unseen between the answer and what is live. */
    private Future<Void> stored(Subscription subscription) {
        return shared.feed()
                .join(subscription)
                .compose(
                        joined -> shared.figures().timed("find", shared.events().find(subscription.filters())))
                .compose(found -> {
                    subscription.answered(found.at());
                    return send(subscription, found, 0);
                })
                .compose(sent -> live(subscription))
                .recover(fault -> {
                    if (!(fault instanceof ClientGone)) {
                        client.end(subscription, words(fault));
                    }
                    return Future.succeededFuture();
                });
    }

    private Future<Void> send(Subscription subscription, Found found, int from) {
        if (subscription.hasEnded()) {
            return Future.failedFuture(new ClientGone());
        }
        if (from >= found.ids().size()) {
            return Future.succeededFuture();
        }
        int to = Math.min(from + EVENTS_AT_ONCE, found.ids().size());
        List<String> ids = found.ids().subList(from, to);
        return client.room().compose(room -> shared.events().texts(ids)).compose(texts -> {
            ids.forEach(id -> sendStored(subscription, texts, id));
            return send(subscription, found, to);
        });
    }

    private void sendStored(Subscription subscription, Map<String, String> texts, String id) {
        String text = texts.get(id);
        if (text != null) {
            subscription.send(text);
            shared.figures().stored.increment();
        }
    }

    private Future<Void> live(Subscription subscription) {
        client.say(new RelayMessage.Eose(subscription.id()));
        List<Delivery.Due> missed = subscription.goLive().stream()
                .map(card -> new Delivery.Due(subscription, card.id()))
                .toList();
        return shared.delivery().send(missed, 0);
    }

    private static String words(Throwable fault) {
        LOG.debug("a question of a client cannot be answered", fault);
        return "error: the database does not answer, or not in time";
    }
}
