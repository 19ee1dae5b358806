package org.nostrmonitor.simulator;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.nostrmonitor.simulator.SimulatedNetwork.Options;

/** Starts a simulated network step by step, and closes again what was opened when a step fails. */
final class NetworkStart {
    private static final int MOST_LOOPS = 4;

    private final Vertx vertx;
    private final Options options;
    private final InstantSource clock;
    private final Deque<Supplier<Future<Void>>> opened = new ArrayDeque<>();

    private record Prepared(SimulatedCertificates certificates, Sites sites, RefusingPort refusing) {}

    private record Listening(Prepared prepared, RelayNames.Ports ports, TargetRelay target) {}

    NetworkStart(Vertx vertx, Options options, InstantSource clock) {
        this.vertx = vertx;
        this.options = options;
        this.clock = clock;
    }

    Future<SimulatedNetwork> start() {
        return prepare().compose(this::listen).compose(this::populate).transform(result -> {
            if (result.succeeded()) {
                return Future.succeededFuture(result.result());
            }
            return closeAll(opened).transform(closed -> Future.failedFuture(result.cause()));
        });
    }

    private Future<Prepared> prepare() {
        return blocking(() -> {
            Instant now = clock.instant();
            InventedEvents events = InventedEvents.sign(options.seed(), now.getEpochSecond());
            Sites sites = new Sites(events, new EventCheck(clock), options.latencyScale());
            SimulatedCertificates certificates = SimulatedCertificates.make(now);
            return new Prepared(certificates, sites, RefusingPort.take());
        });
    }

    private Future<Listening> listen(Prepared prepared) {
        RefusingPort refusing = prepared.refusing();
        opened.push(() -> blocking(() -> {
            refusing.close();
            return null;
        }));
        return open(RelayPort.options(), 0, prepared)
                .compose(plain -> open(tls(prepared), 1, prepared)
                        .map(secure -> new RelayNames.Ports(plain.port(), secure.port(), refusing.port())))
                .compose(ports -> TargetRelay.start(vertx, options.portPlus(2), clock)
                        .onSuccess(target -> opened.push(target::stop))
                        .map(target -> new Listening(prepared, ports, target)));
    }

    private Future<RelayPort.Opened> open(HttpServerOptions http, int offset, Prepared prepared) {
        int loops = Math.min(MOST_LOOPS, Runtime.getRuntime().availableProcessors());
        return RelayPort.open(vertx, http, options.portPlus(offset), loops, prepared.sites()::of)
                .onSuccess(port -> opened.push(() -> port.close(vertx)));
    }

    /** BoringSSL makes twice the handshakes of the JDK's TLS, where it loads. */
    private static HttpServerOptions tls(Prepared prepared) {
        CertificateByName keys = new CertificateByName(prepared.certificates(), prepared.sites()::behaviourOf);
        HttpServerOptions tls =
                RelayPort.options().setSsl(true).setUseAlpn(false).setKeyCertOptions(KeyCertOptions.wrap(keys));
        return OpenSSLEngineOptions.isAvailable() ? tls.setSslEngineOptions(new OpenSSLEngineOptions()) : tls;
    }

    private Future<SimulatedNetwork> populate(Listening listening) {
        return blocking(() -> {
            List<Behaviour> mix = RelayMix.shuffled(options.relays(), options.seed());
            List<SimulatedRelay> relays = RelayNames.of(mix, options.seed(), listening.ports());
            relays.forEach(listening.prepared().sites()::add);
            NetworkFiles files = new NetworkFiles(options.directory());
            files.write(
                    relays,
                    listening.target().url(),
                    listening.prepared().certificates().authorityPem());
            return new SimulatedNetwork(relays, listening.target(), files, listening.ports(), opened);
        });
    }

    private <T> Future<T> blocking(Callable<T> work) {
        return vertx.executeBlocking(work);
    }

    /** Closes the last opened first, and goes on when one fails. */
    static Future<Void> closeAll(Deque<Supplier<Future<Void>>> opened) {
        Supplier<Future<Void>> last = opened.poll();
        return last == null ? Future.succeededFuture() : last.get().eventually(() -> closeAll(opened));
    }
}
