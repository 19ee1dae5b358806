package org.nostrmonitor.simulator;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocketHandshake;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.Filter;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.relay.RelayUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The target relay as its clients meet it: no delay, no refusal but of what is invalid. */
final class TargetSite implements Site, RelayRules {
    private static final Logger LOG = LoggerFactory.getLogger(TargetSite.class);
    private static final int MOST_EVENTS = 200_000;

    private final EventCheck eventCheck;
    private final EventStore store = new EventStore(MOST_EVENTS);
    private final Audience audience = new Audience();
    private final Map<Promise<NostrEvent>, Predicate<NostrEvent>> awaited = new ConcurrentHashMap<>();

    TargetSite(EventCheck eventCheck) {
        this.eventCheck = eventCheck;
    }

    EventStore store() {
        return store;
    }

    /** First listens and then looks, so that nothing slips between. */
    void await(Predicate<NostrEvent> wanted, Promise<NostrEvent> found) {
        awaited.put(found, wanted);
        found.future().onComplete(done -> awaited.remove(found));
        store.all().stream().filter(wanted).findFirst().ifPresent(found::tryComplete);
    }

    @Override
    public void request(Vertx vertx, HttpServerRequest request) {
        JsonObject document = new JsonObject()
                .put("name", "Target of a simulated network")
                .put("supported_nips", new JsonArray().add(1).add(11));
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, ScriptedSite.NIP11_TYPE)
                .end(document.encode())
                .onFailure(TargetSite::gone);
    }

    @Override
    public void upgrade(Vertx vertx, ServerWebSocketHandshake handshake) {
        handshake
                .accept()
                .onSuccess(socket -> new Conversation(vertx, socket, this, eventCheck).begin())
                .onFailure(TargetSite::gone);
    }

    private static void gone(Throwable cause) {
        LOG.debug("a client of the target is gone: {}", cause.getMessage());
    }

    /** Of no use here: nobody is challenged. */
    @Override
    public RelayUrl url() {
        return RelayUrl.of("ws://" + RelayPort.LOOPBACK + "/");
    }

    @Override
    public Challenge challenge() {
        return Challenge.NEVER;
    }

    @Override
    public @Nullable String readRefusal(boolean authenticated) {
        return null;
    }

    @Override
    public @Nullable String writeRefusal(NostrEvent event, boolean authenticated) {
        return null;
    }

    @Override
    public List<NostrEvent> stored(List<Filter> filters) {
        return store.query(filters);
    }

    @Override
    public String keep(NostrEvent event) {
        String words = store.add(event).words();
        awaited.forEach((found, wanted) -> {
            if (wanted.test(event)) {
                found.tryComplete(event);
            }
        });
        return words;
    }

    @Override
    public Audience audience() {
        return audience;
    }

    @Override
    public long delayMs() {
        return 0;
    }
}
