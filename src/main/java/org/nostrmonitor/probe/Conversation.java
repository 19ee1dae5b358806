package org.nostrmonitor.probe;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.EventSigner;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.CheckType;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Outcome.NotTested;
import org.nostrmonitor.relay.Reason;

/** All that is said to one relay, on one connection: the read, the write, and the questions about what it claims. */
final class Conversation {
    private final RelayConnection connection;
    private final Findings findings;
    private final Authentication authentication;
    private final @Nullable TestEvents events;
    private Optional<NostrEvent> note = Optional.empty();
    private boolean takesOurEvents;

    /** @param signer whose key signs what is written and proves who asks, or null to do neither */
    Conversation(
            RelayConnection connection,
            Findings findings,
            @Nullable EventSigner signer,
            InstantSource clock,
            Miner miner) {
        CheckJob job = findings.job();
        this.connection = connection;
        this.findings = findings;
        this.authentication = new Authentication(connection, job.relay(), signer, clock);
        this.events = signer == null ? null : new TestEvents(signer, job.relay(), clock, miner);
    }

    Future<Outcome> read() {
        ReadCheck read = new ReadCheck(connection, authentication, findings, patience(CheckType.READ));
        return read.run().onSuccess(outcome -> note = read.note());
    }

    /** A relay that does not answer a REQ is not made to wait for an EVENT as well. */
    Future<Outcome> write() {
        if (findings.outcome(CheckType.READ).failed()) {
            return Future.succeededFuture(new NotTested(Reason.NOT_REACHED));
        }
        if (events == null) {
            return Future.succeededFuture(new NotTested(Reason.DISABLED, "no key to sign with"));
        }
        WriteCheck write = new WriteCheck(connection, authentication, findings, patience(CheckType.WRITE), events);
        return write.run().onSuccess(outcome -> takesOurEvents = outcome.passed() && write.isTakenWithoutWork());
    }

    /** Whether the connection is needed beyond the write. */
    boolean goesOn() {
        return findings.job().checks().contains(CheckType.CAPABILITIES)
                && !findings.outcome(CheckType.READ).failed();
    }

    /** Asks about what the relay claims, which has to be known by now. Fails only for a fault of ours. */
    Future<Void> capabilities() {
        return new CapabilityCheck(
                        connection,
                        patience(CheckType.CAPABILITIES),
                        authentication,
                        findings,
                        note,
                        takesOurEvents ? events : null)
                .run();
    }

    void close() {
        connection.close();
    }

    private Duration patience(CheckType check) {
        return findings.job().timeout(check);
    }
}
