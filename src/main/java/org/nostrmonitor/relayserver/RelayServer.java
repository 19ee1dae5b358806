package org.nostrmonitor.relayserver;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.http.ServerWebSocket;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.bus.Bus;
import org.nostrmonitor.bus.Messages;
import org.nostrmonitor.storage.StoredEvents;

/** A Nostr relay that serves the stored events and takes none. Its sockets come from the web server. Used on one event loop. */
public final class RelayServer {
    /** Between the goodbye and the end of the connections, when this node stops. */
    private static final long GOODBYE_SECONDS = 2;

    private final Vertx vertx;
    private final Bus bus;
    private final RelayLimits limits;
    private final String document;
    private final RelayFigures figures;
    private final LiveFeed feed;
    private final Answers.Shared shared;
    private final Set<Client> clients = new LinkedHashSet<>();
    private final Map<String, Integer> sites = new HashMap<>();
    private @Nullable MessageConsumer<?> hints;
    private boolean stopping;

    public RelayServer(Vertx vertx, StoredEvents events, Bus bus, RelaySettings settings, MeterRegistry registry) {
        this.vertx = vertx;
        this.bus = bus;
        this.limits = settings.limits();
        this.document = RelayDocument.of(settings);
        this.figures = new RelayFigures(registry);
        Delivery delivery = new Delivery(vertx, events, figures);
        this.feed = new LiveFeed(vertx, events, limits, delivery);
        this.shared = new Answers.Shared(events, new AnswerSlots(vertx, limits.answers()), feed, delivery, figures);
    }

    /** To be called on the event loop that all its sockets are on. */
    public void start() {
        stopping = false;
        hints = bus.subscribe(Messages.CHECK_COMPLETED, done -> {
            if (done.eventStored()) {
                feed.hint();
            }
        });
    }

    /** The NIP-11 document, JSON. */
    public String document() {
        return document;
    }

    /**
     * Whether one more client may come.
     *
     * @param site of which all connections count together; null for one without limits
     */
    public boolean hasRoom(@Nullable String site) {
        return !stopping
                && clients.size() < limits.connections()
                && (site == null || sites.getOrDefault(site, 0) < limits.connectionsOfASite());
    }

    /** How many are connected. */
    public int clients() {
        return figures.connections.get();
    }

    /** @param cut closes the connection at once, whatever waits in it */
    public void welcome(ServerWebSocket socket, @Nullable String site, Runnable cut) {
        if (site != null) {
            sites.merge(site, 1, Integer::sum);
        }
        clients.add(new Client(vertx, socket, site, limits, shared, cut, this::left));
        figures.connections.set(clients.size());
    }

    private void left(Client client) {
        String site = client.site();
        if (clients.remove(client) && site != null) {
            sites.computeIfPresent(site, (key, n) -> n == 1 ? null : n - 1);
        }
        figures.connections.set(clients.size());
    }

    /** Says goodbye to every client (1001), and cuts off who has not gone after two seconds. */
    public Future<Void> stop() {
        stopping = true;
        MessageConsumer<?> hearing = hints;
        hints = null;
        List<Future<Void>> goodbyes = List.copyOf(clients).stream()
                .map(client -> client.close(1001, "this relay stops"))
                .toList();
        feed.stop();
        return Future.join(goodbyes)
                .timeout(GOODBYE_SECONDS, TimeUnit.SECONDS)
                .otherwiseEmpty()
                .onComplete(said -> List.copyOf(clients).forEach(Client::cut))
                .compose(said -> hearing == null ? Future.succeededFuture() : hearing.unregister());
    }
}
