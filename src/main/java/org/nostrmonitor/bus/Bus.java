package org.nostrmonitor.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.nostrmonitor.bus.Messages.CheckCompleted;
import org.nostrmonitor.bus.Messages.CheckRequest;
import org.nostrmonitor.bus.Messages.CheckRequested;
import org.nostrmonitor.bus.Messages.CycleCompleted;
import org.nostrmonitor.bus.Messages.CycleRequest;
import org.nostrmonitor.bus.Messages.CycleRequested;
import org.nostrmonitor.bus.Messages.EventPublished;
import org.nostrmonitor.bus.Messages.ProbeAnswer;
import org.nostrmonitor.bus.Messages.ProbeRequest;

/**
 * Sends typed records between verticles. Best effort: requests have a timeout and hints may be lost, so whatever must
 * survive stands in PostgreSQL or Redis.
 */
public final class Bus {
    private static final int RECIPIENT_FAILED = 1;

    private final EventBus eventBus;

    private Bus(EventBus eventBus) {
        this.eventBus = eventBus;
    }

    /** The bus of a Vert.x instance, with the codecs of all messages; once per instance. */
    public static Bus on(Vertx vertx) {
        EventBus eventBus = vertx.eventBus();
        List.of(ProbeRequest.class, ProbeAnswer.class).forEach(type -> registerLocal(eventBus, type));
        List.of(
                        CheckRequest.class,
                        CheckRequested.class,
                        CycleRequest.class,
                        CycleRequested.class,
                        CheckCompleted.class,
                        CycleCompleted.class,
                        EventPublished.class)
                .forEach(type -> registerCrossing(eventBus, type));
        return new Bus(eventBus);
    }

    private static <T extends Record> void registerLocal(EventBus eventBus, Class<T> type) {
        eventBus.registerDefaultCodec(type, new LocalCodec<>(type));
    }

    private static <T extends Record> void registerCrossing(EventBus eventBus, Class<T> type) {
        eventBus.registerDefaultCodec(type, new JsonCodec<>(type));
    }

    /** Completes with the reply; fails with {@link NoReply} if there is none within {@code patience}. */
    public <Q extends Record, R extends Record> Future<R> request(
            Endpoint<Q, R> endpoint, Q request, Duration patience) {
        DeliveryOptions options =
                new DeliveryOptions().setSendTimeout(patience.toMillis()).setLocalOnly(!endpoint.acrossNodes());
        return eventBus.<R>request(endpoint.address(), request, options)
                .map(Message::body)
                .recover(failure -> Future.failedFuture(NoReply.of(endpoint.address(), failure)));
    }

    /** Answers requests until unregistered. */
    public <Q extends Record, R extends Record> MessageConsumer<Q> serve(
            Endpoint<Q, R> endpoint, Function<Q, Future<R>> handler) {
        MessageConsumer<Q> consumer = endpoint.acrossNodes()
                ? eventBus.consumer(endpoint.address())
                : eventBus.localConsumer(endpoint.address());
        return consumer.handler(message -> handler.apply(message.body())
                .onSuccess(message::reply)
                .onFailure(failure -> message.fail(RECIPIENT_FAILED, inWords(failure))));
    }

    /** The reason, and the kind of failure only where there is no better word. */
    private static String inWords(Throwable failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    /** Tells whoever listens, on every node. */
    public <T extends Record> void publish(Topic<T> topic, T message) {
        eventBus.publish(topic.address(), message);
    }

    /** Hears what is published, from any node, until unregistered. */
    public <T extends Record> MessageConsumer<T> subscribe(Topic<T> topic, Consumer<T> handler) {
        return eventBus.<T>consumer(topic.address()).handler(message -> handler.accept(message.body()));
    }
}
