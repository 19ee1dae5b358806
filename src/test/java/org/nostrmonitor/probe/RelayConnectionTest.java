package org.nostrmonitor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.internal.net.NetSocketInternal;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.relay.RelayUrl;

class RelayConnectionTest {
    private final ProbeLab lab = new ProbeLab();

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void anErrorOfThisProgramIsNotTakenForTheRelaysGoodbye() {
        RawServer peer = RawServer.upgrading(lab.vertx, socket -> {});
        Future<Optional<String>> answer = lab.vertx
                .createNetClient()
                .connect(peer.port(), "127.0.0.1")
                .compose(socket -> {
                    Line line = new Line(
                            (NetSocketInternal) socket,
                            new WireGuard(System::nanoTime, new Purse(new Pot(0))),
                            Destination.at(RelayUrl.of(peer.ws()), List.of(InetAddress.getLoopbackAddress())));
                    line.pipeline().addFirst("guard", line.guard());
                    return WebSocketUpgrade.of(line, Deadline.in(ProbeLab.PATIENCE))
                            .compose(connection -> {
                                Future<Optional<String>> awaited =
                                        connection.await(Deadline.in(ProbeLab.PATIENCE), message -> Optional.empty());
                                line.pipeline().fireExceptionCaught(new IllegalStateException("a bug of ours"));
                                return awaited;
                            });
                });
        Throwable failure = ProbeLab.await(answer.transform(result -> Future.succeededFuture(result.cause())));
        assertThat(failure).isInstanceOf(IllegalStateException.class).hasMessage("a bug of ours");
    }
}
