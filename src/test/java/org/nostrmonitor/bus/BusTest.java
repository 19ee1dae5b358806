package org.nostrmonitor.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.bus.Messages.CheckCompleted;
import org.nostrmonitor.bus.Messages.CheckRequest;
import org.nostrmonitor.bus.Messages.CheckRequested;
import org.nostrmonitor.bus.Messages.Ticket;

class BusTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Instant CYCLE = Instant.parse("2026-11-22T12:00:00Z");

    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = Bus.on(vertx);

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    @Test
    void bringsARequestToWhoServesItAndTheReplyBack() throws Exception {
        await(bus.serve(
                        Messages.CHECK_REQUESTED,
                        request -> Future.succeededFuture(
                                new CheckRequested(true, List.of(new Ticket(request.url(), CYCLE)))))
                .completion());

        CheckRequested reply = await(bus.request(Messages.CHECK_REQUESTED, new CheckRequest("1234", null), PATIENCE));

        assertThat(reply).isEqualTo(new CheckRequested(true, List.of(new Ticket("1234", CYCLE))));
    }

    @Test
    void failsARequestThatItsServerFails() throws Exception {
        await(bus.serve(Messages.CHECK_REQUESTED, request -> Future.failedFuture("no database"))
                .completion());

        assertThatThrownBy(() -> await(bus.request(Messages.CHECK_REQUESTED, new CheckRequest("x", null), PATIENCE)))
                .hasRootCauseInstanceOf(NoReply.class)
                .hasStackTraceContaining(Messages.CHECK_REQUESTED.address() + " failed: no database");
    }

    @Test
    void failsARequestThatNobodyServes() {
        assertThatThrownBy(() -> await(bus.request(Messages.CHECK_REQUESTED, new CheckRequest("x", null), PATIENCE)))
                .hasRootCauseInstanceOf(NoReply.class)
                .hasStackTraceContaining("nobody serves " + Messages.CHECK_REQUESTED.address());
    }

    @Test
    void tellsWhoeverListens() throws Exception {
        CompletableFuture<CheckCompleted> heard = new CompletableFuture<>();
        await(bus.subscribe(Messages.CHECK_COMPLETED, heard::complete).completion());
        CheckCompleted said = new CheckCompleted("wss://a.example/", "eu", Instant.EPOCH, "online", true);

        bus.publish(Messages.CHECK_COMPLETED, said);

        assertThat(heard.get(5, TimeUnit.SECONDS)).isEqualTo(said);
    }

    @Test
    void writesForOtherNodesWhatTheyCanRead() {
        JsonCodec<CheckCompleted> codec = new JsonCodec<>(CheckCompleted.class);
        CheckCompleted said = new CheckCompleted("wss://a.example/", "eu", Instant.EPOCH, "online", true);
        Buffer wire = Buffer.buffer("before");

        codec.encodeToWire(wire, said);

        assertThat(codec.decodeFromWire("before".length(), wire)).isEqualTo(said);
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
