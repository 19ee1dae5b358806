package org.nostrmonitor.relayserver;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nostrmonitor.nostr.ClientRequest;
import org.nostrmonitor.nostr.Filter;
import org.nostrmonitor.nostr.RelayMessage;
import org.nostrmonitor.storage.EventFilter;

/** What one client asks for, and what it is told (NIP-01, NIP-45). Used on one event loop. */
final class Conversation {
    private static final String TOO_FAST = "rate-limited: slow down";

    private final Client client;
    private final RelayLimits limits;
    private final Answers.Shared shared;
    private final Answers answers;
    private final Map<String, Subscription> subscriptions = new HashMap<>();

    Conversation(Client client, RelayLimits limits, Answers.Shared shared) {
        this.client = client;
        this.limits = limits;
        this.shared = shared;
        this.answers = new Answers(client, shared);
    }

    /** @param allowed whether the message came within what the client may say; to close is always allowed */
    void hear(String text, boolean allowed) {
        ClientRequest request = ClientRequest.read(text, limits.filters(), limits.values());
        if (request instanceof ClientRequest.Close close) {
            close(close.subscription());
        } else if (!allowed) {
            shared.figures().refused("rate");
            refuse(request, TOO_FAST);
        } else {
            answer(request);
        }
    }

    private void answer(ClientRequest request) {
        if (request instanceof ClientRequest.Ask ask) {
            ask(ask);
        } else if (request instanceof ClientRequest.Count count) {
            count(count);
        } else if (request instanceof ClientRequest.Publish publish) {
            shared.figures().refused("write");
            String words = publish.authentication() ? "error: nobody is asked here who they are" : "blocked: read-only";
            refuse(request, words);
        } else if (request instanceof ClientRequest.Refused refused) {
            shared.figures().refused("malformed");
            refuse(request, refused.words());
        } else if (request instanceof ClientRequest.Nonsense nonsense) {
            shared.figures().refused("malformed");
            refuse(request, nonsense.words());
        }
    }

    /** In the form that goes with what was asked. A REQ ends the subscription that had its id, also if none takes its place. */
    private void refuse(ClientRequest request, String words) {
        if (request instanceof ClientRequest.Ask ask) {
            close(ask.subscription());
            client.say(new RelayMessage.Closed(ask.subscription(), words));
        } else if (request instanceof ClientRequest.Count count) {
            client.say(new RelayMessage.Closed(count.query(), words));
        } else if (request instanceof ClientRequest.Refused refused) {
            if (!refused.counting()) {
                close(refused.subscription());
            }
            client.say(new RelayMessage.Closed(refused.subscription(), words));
        } else if (request instanceof ClientRequest.Publish publish) {
            client.say(new RelayMessage.Ok(publish.id(), false, words));
        } else {
            client.say(new RelayMessage.Notice(words));
        }
    }

    private void ask(ClientRequest.Ask ask) {
        close(ask.subscription());
        if (subscriptions.size() >= limits.subscriptions()) {
            shared.figures().refused("subscriptions");
            refuse(ask, "rate-limited: more than " + limits.subscriptions() + " subscriptions");
        } else if (shared.figures().subscriptions.get() >= limits.allSubscriptions()) {
            shared.figures().refused("busy");
            refuse(ask, "rate-limited: more subscriptions than this relay can serve at a time");
        } else if (answers.waiting() >= 2 * limits.subscriptions()) {
            shared.figures().refused("busy");
            refuse(ask, "rate-limited: more questions than can wait for an answer");
        } else {
            Subscription subscription = new Subscription(client, ask.subscription(), filters(ask.filters()));
            subscriptions.put(ask.subscription(), subscription);
            shared.figures().subscriptions.incrementAndGet();
            answers.subscribe(subscription);
        }
    }

    private void count(ClientRequest.Count count) {
        if (answers.waiting() >= 2 * limits.subscriptions()) {
            shared.figures().refused("busy");
            refuse(count, "rate-limited: more questions than can wait for an answer");
        } else {
            answers.count(count.query(), filters(count.filters()));
        }
    }

    private List<EventFilter> filters(List<Filter> filters) {
        return filters.stream()
                .map(filter -> EventFilter.of(filter, limits.usualLimit(), limits.mostLimit()))
                .toList();
    }

    private void close(String id) {
        Subscription subscription = subscriptions.remove(id);
        if (subscription != null) {
            forget(subscription);
        }
    }

    private void forget(Subscription subscription) {
        subscription.end();
        shared.feed().leave(subscription);
        shared.figures().subscriptions.decrementAndGet();
    }

    /** Ends a subscription from our side, if it is still there. */
    void end(Subscription subscription, String words) {
        if (subscriptions.remove(subscription.id(), subscription)) {
            forget(subscription);
            client.say(new RelayMessage.Closed(subscription.id(), words));
        }
    }

    /** Ends all subscriptions whose stored events were not yet looked for. */
    void refuseWaiting(String words) {
        shared.figures().refused("busy");
        List<Subscription> waiting = subscriptions.values().stream()
                .filter(subscription -> !subscription.isLive())
                .toList();
        waiting.forEach(subscription -> end(subscription, words));
    }

    boolean isIdle() {
        return subscriptions.isEmpty();
    }

    void close() {
        answers.close();
        subscriptions.values().forEach(this::forget);
        subscriptions.clear();
    }
}
