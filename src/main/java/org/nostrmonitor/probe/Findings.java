package org.nostrmonitor.probe;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Capability;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.CheckType;
import org.nostrmonitor.relay.Facts;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Outcome.NotTested;
import org.nostrmonitor.relay.Phases;
import org.nostrmonitor.relay.Place;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.Requirement;
import org.nostrmonitor.relay.Stage;
import org.nostrmonitor.relay.TlsSession;

/** What one probe has found so far. Lives on the event loop until it is a report. */
final class Findings implements DialLog {
    /** Meant to keep 99 of 100 given times within 5 ms of the truth; what was measured stands in docs/accuracy.md. */
    private static final Duration MAX_LAG_OF_A_TIME = Duration.ofMillis(3);

    /** For times that are part of no rtt. They take many turns of ours, each of which may be late. */
    private static final Duration MAX_LAG_OF_A_TIME_ASIDE = Duration.ofMillis(10);

    private static final Set<Stage> ASIDE = EnumSet.of(Stage.DNS, Stage.NIP11);

    /** Their sum is a time that is given out, so its bound is one for all of them. */
    private static final Set<Stage> OPENING = EnumSet.of(Stage.TCP, Stage.TLS, Stage.UPGRADE);

    private final CheckJob job;
    private final Instant checkedAt;
    private final long startedNanos = System.nanoTime();
    private final Map<CheckType, Outcome> outcomes = new EnumMap<>(CheckType.class);
    private final Map<Requirement, Boolean> observed = new EnumMap<>(Requirement.class);
    private final Map<Stage, Timing> timings = new EnumMap<>(Stage.class);
    private @Nullable InetAddress address;
    private @Nullable String document;
    private List<String> addresses = List.of();
    private @Nullable TlsSession tls;
    private @Nullable Place place;
    private final Map<Integer, Capability> capabilities = new HashMap<>();
    private final Map<String, Integer> limits = new HashMap<>();

    Findings(CheckJob job, Instant checkedAt) {
        this.job = job;
        this.checkedAt = checkedAt;
    }

    CheckJob job() {
        return job;
    }

    long startedNanos() {
        return startedNanos;
    }

    @Override
    public void resolved(List<InetAddress> found) {
        addresses = found.stream().map(NetUtil::toAddressString).toList();
    }

    @Override
    public void dialling(InetAddress dialled, @Nullable Place where) {
        address = dialled;
        place = where;
    }

    @Override
    public void secured(TlsSession session) {
        tls = session;
    }

    @Override
    public void took(Stage stage, Timing timing) {
        timings.put(stage, timing);
    }

    void observed(Requirement requirement, boolean required) {
        observed.put(requirement, required);
    }

    void document(String asReceived) {
        document = asReceived;
    }

    @Nullable
    String document() {
        return document;
    }

    void capability(int nip, Capability found) {
        capabilities.put(nip, found);
    }

    /** @param name as NIP-11's {@code limitation} has it */
    void limit(String name, int seen) {
        limits.put(name, seen);
    }

    void conclude(CheckType check, Outcome outcome) {
        outcomes.put(check, outcome);
    }

    Outcome outcome(CheckType check) {
        Outcome outcome = outcomes.get(check);
        return outcome == null ? new NotTested(whyNotTested(check)) : outcome;
    }

    private Reason whyNotTested(CheckType check) {
        if (job.checks().contains(check)) {
            return Reason.NOT_REACHED;
        }
        return check == CheckType.WRITE ? Reason.NOT_DUE : Reason.DISABLED;
    }

    CheckReport report(LoopLag lag) {
        return new CheckReport(
                job.relay(),
                job.region(),
                job.cycle(),
                checkedAt,
                address == null ? null : NetUtil.toAddressString(address),
                phases(),
                outcome(CheckType.OPEN),
                outcome(CheckType.READ),
                outcome(CheckType.WRITE),
                outcome(CheckType.NIP11),
                document,
                observed,
                lag.maxSince(startedNanos),
                withheld(lag),
                job.confirmation() + 1,
                new Facts(addresses, tls, place, capabilities, limits));
    }

    /** An answer that came before its question has no time. */
    private Phases phases() {
        Phases phases = Phases.NONE;
        for (Map.Entry<Stage, Timing> timed : timings.entrySet()) {
            Duration length = timed.getValue().length();
            phases = length.isNegative() ? phases : phases.with(timed.getKey(), length);
        }
        return phases;
    }

    /** The stages during which the loop was late: their times say how busy we were. */
    private Set<Stage> withheld(LoopLag lag) {
        Map<Stage, Duration> late = new EnumMap<>(Stage.class);
        timings.forEach((stage, timing) -> late.put(stage, lag.during(timing)));
        Set<Stage> withheld = EnumSet.noneOf(Stage.class);
        late.forEach((stage, by) -> {
            Duration bound = ASIDE.contains(stage) ? MAX_LAG_OF_A_TIME_ASIDE : MAX_LAG_OF_A_TIME;
            if (by.compareTo(bound) > 0) {
                withheld.add(stage);
            }
        });
        late.keySet().retainAll(OPENING);
        Duration together = late.values().stream().reduce(Duration.ZERO, Duration::plus);
        if (together.compareTo(MAX_LAG_OF_A_TIME) > 0) {
            withheld.add(Collections.max(late.entrySet(), Map.Entry.comparingByValue())
                    .getKey());
        }
        return withheld;
    }
}
