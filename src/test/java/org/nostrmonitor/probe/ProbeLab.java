package org.nostrmonitor.probe;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.bus.Messages.ProbeAnswer;
import org.nostrmonitor.nostr.EventSigner;
import org.nostrmonitor.nostr.KeyRing;
import org.nostrmonitor.nostr.SecretKey;
import org.nostrmonitor.queue.AddressLimits;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.CheckType;
import org.nostrmonitor.relay.Network;
import org.nostrmonitor.relay.Priority;
import org.nostrmonitor.relay.RelayUrl;

/** A prober with loopback opened, and all that a test of it needs. */
final class ProbeLab implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(5);
    static final EventSigner SIGNER = EventSigner.of(SecretKey.random());

    private static final Map<List<?>, RelayTls> TLS = new ConcurrentHashMap<>();

    private static final VertxOptions TWO_LOOPS = new VertxOptions().setEventLoopPoolSize(2);

    final Vertx vertx;
    private final List<RelayProber> probers = new ArrayList<>();
    private final Map<CheckType, Duration> timeouts = new EnumMap<>(CheckType.class);
    private List<String> allowed = List.of("127.0.0.0/8", "::1/128");
    private List<InetSocketAddress> dns = List.of();
    private List<X509Certificate> issuers = List.of();
    private List<InetSocketAddress> listening = List.of();
    private Map<Network, SocketAddress> proxies = new HashMap<>();
    private io.netty.handler.ssl.SslProvider engine = RelayTls.engine();
    private @Nullable String signingKey = SIGNER.publicKey();
    private Places places = Places.UNKNOWN;
    private AddressLimits limits = AddressLimits.NONE;
    private Budgets budgets = Budgets.ofThisProcess();
    private @Nullable RelayProber prober;

    ProbeLab() {
        this(Vertx.vertx(TWO_LOOPS));
    }

    /** One whose packets are written down: servers of the test belong on another Vert.x. */
    ProbeLab(RecordedTransport wire) {
        this(Vertx.builder().with(TWO_LOOPS).withTransport(wire).build());
    }

    private ProbeLab(Vertx vertx) {
        this.vertx = vertx;
        Arrays.stream(CheckType.values()).forEach(check -> timeouts.put(check, PATIENCE));
    }

    ProbeLab allowing(String... blocks) {
        allowed = List.of(blocks);
        return this;
    }

    /** What the monitor would be listening on itself. */
    ProbeLab refusing(InetSocketAddress... own) {
        listening = List.of(own);
        return this;
    }

    ProbeLab asking(FakeDns... servers) {
        dns = Arrays.stream(servers).map(FakeDns::address).toList();
        return this;
    }

    ProbeLab trusting(X509Certificate... certificates) {
        issuers = List.of(certificates);
        return this;
    }

    ProbeLab through(Network network, int port) {
        proxies.put(network, SocketAddress.inetSocketAddress(port, "127.0.0.1"));
        return this;
    }

    ProbeLab with(io.netty.handler.ssl.SslProvider provider) {
        engine = provider;
        return this;
    }

    ProbeLab waiting(CheckType check, long millis) {
        timeouts.put(check, Duration.ofMillis(millis));
        return this;
    }

    ProbeLab unsigned() {
        signingKey = null;
        return this;
    }

    ProbeLab limitedBy(AddressLimits turns) {
        limits = turns;
        return this;
    }

    ProbeLab within(Budgets some) {
        budgets = some;
        return this;
    }

    ProbeLab knowing(Places located) {
        places = located;
        return this;
    }

    RelayProber prober() {
        RelayProber made = prober;
        if (made == null) {
            made = new RelayProber(vertx, settings(), KeyRing.of(SIGNER), limits, InstantSource.system());
            probers.add(made);
            prober = made;
        }
        return made;
    }

    ProbeSettings settings() {
        return new ProbeSettings(AddressPolicy.allowing(allowed), dns, tls(), proxies, places, new Ways(), budgets)
                .refusing(listening);
    }

    /** Reading the JDK's certificates takes longer than most tests. */
    private RelayTls tls() {
        return TLS.computeIfAbsent(List.of(issuers, engine), key -> RelayTls.trusting(issuers, engine));
    }

    CheckJob job(String url, CheckType... checks) {
        Set<CheckType> all = EnumSet.of(CheckType.OPEN, checks);
        return new CheckJob(
                RelayUrl.of(url), "test", Instant.EPOCH, all, timeouts, signingKey, List.of(), Priority.ON_DEMAND, 1);
    }

    CheckReport probe(String url, CheckType... checks) {
        return report(prober().probe(job(url, checks)));
    }

    static CheckReport report(Future<ProbeAnswer> answer) {
        return Objects.requireNonNull(await(answer).report());
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        probers.forEach(each -> await(each.close()));
        await(vertx.close());
    }
}
