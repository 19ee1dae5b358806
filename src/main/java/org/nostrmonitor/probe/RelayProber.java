package org.nostrmonitor.probe;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.nostrmonitor.bus.Messages.ProbeAnswer;
import org.nostrmonitor.nostr.EventSigner;
import org.nostrmonitor.nostr.KeyRing;
import org.nostrmonitor.queue.AddressLimits;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.CheckType;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Outcome.Passed;
import org.nostrmonitor.relay.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out the truth about one relay at a time, many of them at once, on one event loop: opens a WebSocket, reads, writes,
 * fetches the NIP-11 document, and tests what that claims. May be called from any thread.
 */
public final class RelayProber {
    private static final Logger LOG = LoggerFactory.getLogger(RelayProber.class);
    private static final Duration MARGIN = Duration.ofSeconds(8);

    /** Longer than a healthy Redis ever takes, and short beside the time of a probe. */
    private static final Duration PATIENCE_FOR_A_TURN = Duration.ofSeconds(1);

    private final ContextInternal context;
    private final KeyRing keys;
    private final InstantSource clock;
    private final NetClient client;
    private final NameResolver names;
    private final Router router;
    private final Dialer dialer;
    private final AddressTurn turns;
    private final LoopLag lag;
    private final Miner miner;
    private final Budgets budgets;
    private final Set<Promise<ProbeAnswer>> inFlight = new HashSet<>();
    private boolean closed;

    /**
     * Probes on the caller's event loop, or on one of its own if the caller has none.
     *
     * @param limits asked before an address is dialled
     */
    public RelayProber(Vertx vertx, ProbeSettings settings, KeyRing keys, AddressLimits limits, InstantSource clock) {
        this.context = loopOf((VertxInternal) vertx);
        this.keys = keys;
        this.clock = clock;
        this.client = vertx.createNetClient();
        this.budgets = settings.budgets();
        this.names = new NameResolver(context, settings.dnsServers(), budgets.lookups());
        this.router = new Router(settings, names, new Routes(Routes::exists));
        this.turns = new AddressTurn(context, limits, PATIENCE_FOR_A_TURN);
        this.lag = new LoopLag(context.nettyEventLoop(), System::nanoTime);
        this.dialer = new Dialer(context, client, settings, lag);
        this.miner = new Miner(context);
        lag.start();
    }

    private static ContextInternal loopOf(VertxInternal vertx) {
        ContextInternal current = vertx.getContext();
        return current != null && current.isEventLoopContext() ? current.unwrap() : vertx.createEventLoopContext();
    }

    /** The longest that a probe of this job may take: what a caller should wait. */
    public static Duration patience(CheckJob job) {
        return job.checks().stream().map(job::timeout).reduce(MARGIN, Duration::plus);
    }

    /**
     * Makes the checks of the job. Completes with what was found, however bad the relay is, or with the turn that its address
     * has later: then nothing was dialled. Fails only for a fault of ours: an error in this program, no file descriptors, a budget
     * of the process that is used up ({@link Budgets}), or {@link #close}.
     */
    public Future<ProbeAnswer> probe(CheckJob job) {
        Promise<ProbeAnswer> promise = context.owner().getOrCreateContext().promise();
        context.runOnContext(ignored -> begin(job, promise));
        return promise.future();
    }

    private void begin(CheckJob job, Promise<ProbeAnswer> promise) {
        if (closed) {
            promise.fail(new IllegalStateException("the prober is closed"));
            return;
        }
        inFlight.add(promise);
        lag.watch();
        run(new Findings(job, clock.instant())).onComplete(result -> {
            inFlight.remove(promise);
            lag.unwatch();
            if (result.succeeded()) {
                promise.tryComplete(ProbeAnswer.found(result.result()));
            } else if (result.cause() instanceof AddressTurn.Later later) {
                promise.tryComplete(ProbeAnswer.later(later.address(), later.in()));
            } else {
                promise.tryFail(new IllegalStateException("the probe of " + job.relay() + " broke", result.cause()));
            }
        });
    }

    private Future<CheckReport> run(Findings findings) {
        Visit visit = new Visit(budgets.purse());
        return check(CheckType.OPEN, findings, () -> open(findings, visit))
                .compose(ignored -> converse(findings, visit))
                .compose(ignored -> describe(findings, visit))
                .compose(ignored -> examine(findings, visit))
                .onComplete(ignored -> visit.end())
                .compose(ignored -> visit.undisturbed())
                .map(ignored -> findings.report(lag));
    }

    /** The one place where a relay's fault becomes a value; anything else is ours, and ends the probe. */
    private Future<Void> check(CheckType type, Findings findings, Supplier<Future<Outcome>> check) {
        if (!findings.job().checks().contains(type)) {
            return Future.succeededFuture();
        }
        return Future.succeededFuture()
                .compose(ignored -> check.get())
                .recover(failure -> failure instanceof Fault fault
                        ? Future.succeededFuture(
                                type == CheckType.NIP11
                                        ? fault.within(Stage.NIP11).outcome()
                                        : fault.outcome())
                        : Future.failedFuture(failure))
                .onSuccess(outcome -> findings.conclude(type, outcome))
                .mapEmpty();
    }

    private Future<Outcome> open(Findings findings, Visit visit) {
        CheckJob job = findings.job();
        Deadline deadline = Deadline.in(job.timeout(CheckType.OPEN));
        return router.route(job.relay(), job.reserved(), deadline, findings)
                .compose(destination -> atItsTurn(destination, deadline, findings, visit));
    }

    /** What the question for the turn takes is not taken from the time that the relay has. */
    private Future<Outcome> atItsTurn(Destination destination, Deadline deadline, Findings findings, Visit visit) {
        Duration left = deadline.left();
        return turns.await(destination, findings.job().reserved())
                .compose(now -> connect(destination, Deadline.in(left), findings, visit));
    }

    private Future<Outcome> connect(Destination destination, Deadline deadline, Findings findings, Visit visit) {
        return dialer.dial(destination, deadline, findings, visit.purse)
                .onSuccess(line -> visit.reached = line.destination())
                .compose(line -> upgrade(line, deadline, findings))
                .onSuccess(connection -> visit.conversation = conversation(connection, findings))
                .map(connection -> new Passed());
    }

    private static Future<RelayConnection> upgrade(Line line, Deadline deadline, Findings findings) {
        long started = System.nanoTime();
        Future<RelayConnection> upgraded = WebSocketUpgrade.of(line, deadline);
        long sent = line.guard().sentNanos(started);
        return upgraded.onSuccess(connection -> findings.took(
                        Stage.UPGRADE, Timing.between(sent, line.guard().heardNanos())))
                .onFailure(failure -> findings.took(Stage.UPGRADE, sent));
    }

    private Conversation conversation(RelayConnection connection, Findings findings) {
        EventSigner signer = Optional.ofNullable(findings.job().signingKey())
                .flatMap(keys::signer)
                .orElse(null);
        return new Conversation(connection, findings, signer, clock, miner);
    }

    /** The connection stays open only if it is needed once the relay's claims are known. */
    private Future<Void> converse(Findings findings, Visit visit) {
        Conversation conversation = visit.conversation;
        if (conversation == null) {
            return Future.succeededFuture();
        }
        return check(CheckType.READ, findings, conversation::read)
                .compose(ignored -> check(CheckType.WRITE, findings, conversation::write))
                .onSuccess(ignored -> {
                    if (!conversation.goesOn()) {
                        visit.hangUp();
                    }
                });
    }

    /** Last, and without a say in what was found before: not even an error in this program takes that back. */
    private Future<Void> examine(Findings findings, Visit visit) {
        Conversation conversation = visit.conversation;
        return conversation == null
                ? Future.succeededFuture()
                : Future.succeededFuture()
                        .compose(ignored -> conversation.capabilities())
                        .recover(failure -> {
                            LOG.warn(
                                    "the capabilities of {} could not be tested",
                                    findings.job().relay(),
                                    failure);
                            return Future.succeededFuture();
                        });
    }

    private Future<Void> describe(Findings findings, Visit visit) {
        Destination reached = visit.reached;
        return reached == null
                ? Future.succeededFuture()
                : check(CheckType.NIP11, findings, () -> document(reached, findings, visit.purse));
    }

    private Future<Outcome> document(Destination reached, Findings findings, Purse purse) {
        long started = System.nanoTime();
        return new Nip11Fetch(router, dialer, purse)
                .document(reached, Deadline.in(findings.job().timeout(CheckType.NIP11)))
                .onComplete(result -> findings.took(Stage.NIP11, started))
                .onSuccess(findings::document)
                .map(document -> new Passed());
    }

    /** Fails the probes that are under way, and closes their connections. Completes when all are closed. */
    public Future<Void> close() {
        Promise<Void> promise = Promise.promise();
        context.runOnContext(ignored -> {
            closed = true;
            Set.copyOf(inFlight).forEach(probe -> probe.tryFail(new IllegalStateException("the prober was closed")));
            lag.stop();
            names.close();
            miner.close().eventually(client::close).onComplete(promise);
        });
        return promise.future();
    }
}
