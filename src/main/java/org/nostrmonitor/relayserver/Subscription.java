package org.nostrmonitor.relayserver;

import io.vertx.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.EventCard;
import org.nostrmonitor.storage.EventFilter;
import org.nostrmonitor.storage.Snapshot;

/**
 * What one client asked for by one {@code REQ}. New events wait until the stored ones are sent, and then only those count
 * that the answer could not hold: none is sent twice, and none is passed by. Used on one event loop.
 */
final class Subscription {
    private static final int MOST_WAITING = 1_000;

    private final Client client;
    private final String id;
    private final List<EventFilter> filters;
    private final String prefix;
    private List<EventCard> waiting = new ArrayList<>();
    private @Nullable Snapshot answered;
    private boolean live;
    private boolean ended;

    Subscription(Client client, String id, List<EventFilter> filters) {
        this.client = client;
        this.id = id;
        this.filters = List.copyOf(filters);
        this.prefix = "[\"EVENT\"," + Json.encode(id) + ",";
    }

    Client client() {
        return client;
    }

    String id() {
        return id;
    }

    List<EventFilter> filters() {
        return filters;
    }

    boolean wants(EventCard card) {
        Snapshot held = answered;
        return !ended
                && (held == null || !held.sees(card.writer()))
                && filters.stream().anyMatch(filter -> filter.matches(card));
    }

    boolean isLive() {
        return live && !ended;
    }

    /** One that is new while the stored ones are still on their way. Whether there was room for it. */
    boolean keep(EventCard card) {
        waiting.add(card);
        return waiting.size() <= MOST_WAITING;
    }

    /** @param at what the stored answer could hold */
    void answered(Snapshot at) {
        answered = at;
    }

    /** From now on new events are sent as they come. Those that came meanwhile, and are not in the answer. */
    List<EventCard> goLive() {
        live = true;
        List<EventCard> missed = waiting.stream().filter(this::wants).toList();
        waiting = List.of();
        return missed;
    }

    /** @param event its JSON as it is stored */
    void send(String event) {
        if (!ended) {
            client.say(prefix + event + "]");
        }
    }

    void end() {
        ended = true;
        waiting = List.of();
    }

    boolean hasEnded() {
        return ended;
    }
}
