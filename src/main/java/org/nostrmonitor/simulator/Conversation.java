package org.nostrmonitor.simulator;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketBase;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.ClientMessage;
import org.nostrmonitor.nostr.Filter;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.nostr.ProtocolException;
import org.nostrmonitor.nostr.RelayMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's talk with a relay (NIP-01, 42, 45, 50, 70, 77): answers in the order of the questions, each after the relay's delay. Lives
 * on the event loop of its socket; only {@link #tell} comes from elsewhere.
 */
final class Conversation {
    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
    private static final short POLICY_VIOLATION = 1008;
    private static final short TRY_AGAIN_LATER = 1013;

    private record Waiting(String text, long dueNanos) {}

    private final Vertx vertx;
    private final WebSocketBase socket;
    private final RelayRules rules;
    private final EventCheck eventCheck;
    private final ExtraQuestions extra;
    private final String challenge = UUID.randomUUID().toString();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Map<String, List<Filter>> subscriptions = new ConcurrentHashMap<>();
    private @Nullable String proved;

    Conversation(Vertx vertx, WebSocketBase socket, RelayRules rules, EventCheck eventCheck) {
        this.vertx = vertx;
        this.socket = socket;
        this.rules = rules;
        this.eventCheck = eventCheck;
        this.extra = new ExtraQuestions(rules, this::say, () -> close(POLICY_VIOLATION));
    }

    void begin() {
        rules.audience().join(this);
        socket.closeHandler(gone -> rules.audience().leave(this));
        socket.exceptionHandler(broken -> close(POLICY_VIOLATION));
        socket.textMessageHandler(this::hear);
        if (rules.challenge() == RelayRules.Challenge.AT_CONNECT) {
            say(new RelayMessage.Auth(challenge));
        }
    }

    private void hear(String text) {
        if (waiting.size() >= Limits.MOST_WAITING) {
            close(POLICY_VIOLATION);
            return;
        }
        waiting.add(new Waiting(text, System.nanoTime() + rules.delayMs() * 1_000_000));
        if (waiting.size() == 1) {
            awaitTheFirst();
        }
    }

    private void awaitTheFirst() {
        long left = waiting.element().dueNanos() - System.nanoTime();
        if (left <= 0) {
            answerTheFirst(0);
        } else {
            vertx.setTimer(left / 1_000_000 + 1, this::answerTheFirst);
        }
    }

    private void answerTheFirst(long timer) {
        String text = waiting.remove().text();
        if (socket.isClosed()) {
            waiting.clear();
            return;
        }
        answer(text);
        if (!waiting.isEmpty()) {
            awaitTheFirst();
        }
    }

    private void answer(String text) {
        try {
            answer(ClientMessage.parse(text));
        } catch (ProtocolException e) {
            say(new RelayMessage.Notice("error: " + e.getMessage()));
        }
    }

    private void answer(ClientMessage message) {
        if (message instanceof ClientMessage.Auth auth) {
            authenticate(auth.event());
        } else if (!rules.ignores(isAuthenticated())) {
            serve(message);
        }
    }

    private void serve(ClientMessage message) {
        if (message instanceof ClientMessage.Req req) {
            subscribe(req);
        } else if (message instanceof ClientMessage.Event event) {
            take(event.event());
        } else if (message instanceof ClientMessage.Close close) {
            subscriptions.remove(close.subscription());
        } else if (message instanceof ClientMessage.Count count) {
            extra.count(count, rules.readRefusal(isAuthenticated()));
        } else if (message instanceof ClientMessage.NegOpen open) {
            extra.sync(open, rules.readRefusal(isAuthenticated()));
        }
    }

    private boolean isAuthenticated() {
        return proved != null;
    }

    private void subscribe(ClientMessage.Req req) {
        String refusal = readRefusal(req);
        if (refusal != null) {
            say(new RelayMessage.Closed(req.subscription(), refusal));
            challengeBehind();
            return;
        }
        if (extra.endOn(req.filters())) {
            close(POLICY_VIOLATION);
            return;
        }
        subscriptions.put(req.subscription(), req.filters());
        for (NostrEvent event : extra.found(req.filters())) {
            say(new RelayMessage.Event(req.subscription(), event));
        }
        say(new RelayMessage.Eose(req.subscription()));
    }

    private @Nullable String readRefusal(ClientMessage.Req req) {
        String id = req.subscription();
        if (id.isEmpty() || id.length() > Limits.MOST_SUBSCRIPTION_ID) {
            return "invalid: a subscription id has 1 to " + Limits.MOST_SUBSCRIPTION_ID + " characters";
        }
        if (!subscriptions.containsKey(id) && subscriptions.size() >= Limits.MOST_SUBSCRIPTIONS) {
            return "error: more than " + Limits.MOST_SUBSCRIPTIONS + " subscriptions";
        }
        return challenging(rules.readRefusal(isAuthenticated()));
    }

    private void take(NostrEvent event) {
        String refusal = refusalOf(event);
        if (refusal != null) {
            say(new RelayMessage.Ok(event.id(), false, refusal));
            challengeBehind();
            return;
        }
        String kept = Kinds.ephemeral(event.kind()) ? rules.takenText() : rules.keep(event);
        say(new RelayMessage.Ok(event.id(), true, kept));
        if (kept.isEmpty()) {
            rules.audience().tell(event);
        }
    }

    private @Nullable String refusalOf(NostrEvent event) {
        String fault = eventCheck.faultOf(event);
        String refusal = fault != null ? fault : challenging(rules.writeRefusal(event, isAuthenticated()));
        if (refusal != null || !rules.dropsExpiredAndProtected()) {
            return refusal;
        }
        if (eventCheck.isExpired(event)) {
            return "invalid: it has expired";
        }
        return EventCheck.isProtected(event) && !event.pubkey().equals(proved)
                ? "blocked: a protected event is published by its author"
                : null;
    }

    /** The challenge goes out before the refusal that makes it needed, for the client to know what to sign (NIP-42). */
    private @Nullable String challenging(@Nullable String refusal) {
        if (refusal != null && !isAuthenticated() && rules.challenge() == RelayRules.Challenge.WHEN_REFUSED) {
            say(new RelayMessage.Auth(challenge));
        }
        return refusal;
    }

    private void challengeBehind() {
        if (!isAuthenticated() && rules.challenge() == RelayRules.Challenge.BEHIND_REFUSAL) {
            say(new RelayMessage.Auth(challenge));
        }
    }

    private void authenticate(NostrEvent event) {
        String fault = eventCheck.faultOfAuth(event, challenge, rules.url());
        if (fault == null) {
            proved = event.pubkey();
        }
        say(new RelayMessage.Ok(event.id(), fault == null, fault == null ? "" : fault));
    }

    /** Sends an event to each of the client's subscriptions that asked for it. */
    void tell(NostrEvent event) {
        subscriptions.forEach((id, filters) -> {
            if (filters.stream().anyMatch(filter -> filter.matches(event))) {
                say(new RelayMessage.Event(id, event));
            }
        });
    }

    private void say(RelayMessage message) {
        if (socket.isClosed()) {
            return;
        }
        if (socket.writeQueueFull()) {
            close(TRY_AGAIN_LATER);
            return;
        }
        socket.writeTextMessage(message.toJson()).onFailure(this::gone);
    }

    private void close(short code) {
        socket.close(code).onFailure(this::gone);
    }

    private void gone(Throwable cause) {
        LOG.debug("the client of {} is gone: {}", rules.url(), cause.getMessage());
    }
}
