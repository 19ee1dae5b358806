package org.nostrmonitor.probe;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.Nip11;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.nostr.ProtocolException;
import org.nostrmonitor.nostr.RelayMessage;
import org.nostrmonitor.relay.Capability;
import org.nostrmonitor.relay.Capability.Finding;
import org.nostrmonitor.relay.CheckType;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Outcome.Failed;
import org.nostrmonitor.relay.Reason;

/**
 * Tests what a relay claims in its NIP-11 document, and only that: who claims nothing is asked nothing. The questions that every
 * relay understands come first, the verbs that some relays close a connection for come last. What was found of a NIP is kept
 * before the next one is asked for.
 */
final class CapabilityCheck {
    private static final int DOCUMENT = 11;
    private static final int AUTH = 42;

    /** What servers say that have no document, or do not let anybody see it that way. */
    private static final Set<String> HAS_NONE = Set.of("400", "404", "405", "406", "410", "426", "501");

    private final RelayConnection connection;
    private final CapabilityTalk talk;
    private final Authentication authentication;
    private final Findings findings;
    private final Optional<NostrEvent> note;
    private final @Nullable TestEvents events;

    /**
     * @param budget how long all of it may take
     * @param note what the relay sent when it was read from
     * @param events to write with, or null if it does not just take ours
     */
    CapabilityCheck(
            RelayConnection connection,
            Duration budget,
            Authentication authentication,
            Findings findings,
            Optional<NostrEvent> note,
            @Nullable TestEvents events) {
        this.connection = connection;
        this.talk = new CapabilityTalk(connection, budget);
        this.authentication = authentication;
        this.findings = findings;
        this.note = note;
        this.events = events;
    }

    /** Completes when all is asked. Finds nothing at all if what the relay claims could not be learned this time. */
    Future<Void> run() {
        Capability described = described(findings.outcome(CheckType.NIP11));
        if (described.finding() == Finding.NOT_TESTED) {
            return Future.succeededFuture();
        }
        Set<Integer> claims = claims();
        findings.capability(DOCUMENT, described);
        findings.capability(AUTH, authentication(claims.contains(AUTH)));
        return testAll(tests().iterator(), claims);
    }

    private static Capability described(Outcome outcome) {
        if (outcome.passed()) {
            return CapabilityReply.found(Finding.CONFIRMED, "the document was read");
        }
        boolean hasNone = outcome instanceof Failed failed
                && (failed.reason() == Reason.NOT_JSON
                        || (failed.reason() == Reason.HTTP_STATUS && HAS_NONE.contains(failed.detail())));
        String seen = (outcome instanceof Failed failed && failed.reason() == Reason.HTTP_STATUS ? "HTTP " : "")
                + outcome.evidence();
        return CapabilityReply.found(hasNone ? Finding.REFUTED : Finding.NOT_TESTED, seen);
    }

    private Set<Integer> claims() {
        String document = findings.document();
        try {
            return document == null
                    ? Set.of()
                    : Set.copyOf(Nip11.parse(document).supportedNips());
        } catch (ProtocolException e) {
            return Set.of();
        }
    }

    /** NIP-42 takes no message: either there was a challenge, or none was needed. */
    private Capability authentication(boolean isClaimed) {
        Optional<String> challenge = connection.challenge();
        if (challenge.isPresent()) {
            return CapabilityReply.found(Finding.CONFIRMED, new RelayMessage.Auth(challenge.get()).toJson());
        }
        if (isClaimed && authentication.isUnchallenged()) {
            return CapabilityReply.found(Finding.REFUTED, "it asked for authentication, and sent no challenge");
        }
        return CapabilityReply.notTested(isClaimed ? "it asked for no authentication" : "not claimed");
    }

    private List<CapabilityTest> tests() {
        boolean reads = findings.outcome(CheckType.READ).passed();
        TestEvents writes = events;
        return List.of(
                reads ? new CapabilityOfSearch(talk, note) : barred(50, "it does not let us read"),
                writes != null
                        ? new CapabilityOfExpiry(talk, writes)
                        : barred(40, "it was not seen to take our events"),
                writes != null
                        ? new CapabilityOfProtection(talk, writes, authentication)
                        : barred(70, "it was not seen to take our events"),
                reads ? new CapabilityOfCount(talk) : barred(45, "it does not let us read"),
                reads ? new CapabilityOfSync(connection, talk) : barred(77, "it does not let us read"));
    }

    private static CapabilityTest barred(int nip, String why) {
        return new CapabilityTest() {
            @Override
            public int nip() {
                return nip;
            }

            @Override
            public Future<Capability> run() {
                return Future.succeededFuture(CapabilityReply.notTested(why));
            }
        };
    }

    private Future<Void> testAll(Iterator<CapabilityTest> tests, Set<Integer> claims) {
        if (!tests.hasNext()) {
            return Future.succeededFuture();
        }
        CapabilityTest test = tests.next();
        return test(test, claims.contains(test.nip()))
                .onSuccess(found -> findings.capability(test.nip(), found))
                .compose(found -> testAll(tests, claims));
    }

    private Future<Capability> test(CapabilityTest test, boolean isClaimed) {
        if (!isClaimed) {
            return Future.succeededFuture(CapabilityReply.notTested("not claimed"));
        }
        return talk.whyOver()
                .map(why -> Future.succeededFuture(CapabilityReply.notTested(why)))
                .orElseGet(test::run);
    }
}
