package org.nostrmonitor.storage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.OneLook;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Phases;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Stage;
import org.nostrmonitor.storage.ReportStore.Finding;

/** Reports to store: {@code online("wss://a/").at(time).report()}. */
record Reports(
        RelayUrl relay,
        String region,
        Instant at,
        Outcome open,
        Outcome read,
        Outcome write,
        Outcome nip11,
        @Nullable String document,
        int openMs) {
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final Outcome PASSED = new Outcome.Passed();
    static final Outcome NOT_DUE = new Outcome.NotTested(Reason.NOT_DUE);
    private static final Outcome NOT_REACHED = new Outcome.NotTested(Reason.NOT_REACHED);

    static Reports online(String url) {
        return new Reports(RelayUrl.of(url), "local", NOON, PASSED, PASSED, PASSED, PASSED, "{\"name\":\"A\"}", 50);
    }

    static Reports offline(String url) {
        Outcome refused = new Outcome.Failed(Stage.TCP, Reason.TCP_REFUSED, "");
        return new Reports(RelayUrl.of(url), "local", NOON, refused, NOT_REACHED, NOT_REACHED, NOT_REACHED, null, 1);
    }

    static Reports unknown(String url) {
        Outcome noProxy = new Outcome.NotTested(Reason.NO_PROXY);
        return new Reports(RelayUrl.of(url), "local", NOON, noProxy, NOT_REACHED, NOT_REACHED, NOT_REACHED, null, 0);
    }

    Reports at(Instant when) {
        return new Reports(relay, region, when, open, read, write, nip11, document, openMs);
    }

    Reports minutesLater(long minutes) {
        return at(at.plus(Duration.ofMinutes(minutes)));
    }

    Reports in(String other) {
        return new Reports(relay, other, at, open, read, write, nip11, document, openMs);
    }

    Reports write(Outcome outcome) {
        return new Reports(relay, region, at, open, read, outcome, nip11, document, openMs);
    }

    Reports writeFailed() {
        return write(new Outcome.Failed(Stage.WRITE, Reason.NO_REPLY, ""));
    }

    Reports writeRefused(Reason reason) {
        return write(new Outcome.Refused(reason, "no"));
    }

    Reports nip11Failed() {
        Outcome failed = new Outcome.Failed(Stage.NIP11, Reason.HTTP_STATUS, "500");
        return new Reports(relay, region, at, open, read, write, failed, null, openMs);
    }

    Reports document(String json) {
        return new Reports(relay, region, at, open, read, write, PASSED, json, openMs);
    }

    Reports opensIn(int millis) {
        return new Reports(relay, region, at, open, read, write, nip11, document, millis);
    }

    CheckReport report() {
        Phases phases = Phases.NONE
                .with(Stage.TCP, Duration.ofMillis(openMs))
                .with(Stage.TLS, Duration.ZERO)
                .with(Stage.UPGRADE, Duration.ZERO)
                .with(Stage.READ, Duration.ofMillis(openMs + 1))
                .with(Stage.WRITE, Duration.ofMillis(openMs + 2));
        return OneLook.report(
                relay,
                region,
                at,
                at.plusSeconds(3),
                null,
                phases,
                open,
                read,
                write,
                nip11,
                document,
                Map.of(),
                Duration.ZERO);
    }

    Finding finding() {
        return new Finding(report(), null, List.of());
    }

    Finding finding(NostrEvent event, String... targets) {
        return new Finding(
                report(),
                known -> event,
                List.of(targets).stream().map(RelayUrl::of).toList());
    }

    /** An event with this many in front of its id. Nobody checks signatures in the storage. */
    static NostrEvent event(int number, long createdAt, int kind) {
        String id = "%064x".formatted(number);
        return new NostrEvent(id, "ab".repeat(32), createdAt, kind, List.of(List.of("d", "x")), "{}", "cd".repeat(64));
    }

    static NostrEvent event(int number, long createdAt) {
        return event(number, createdAt, 30166);
    }
}
