package org.nostrmonitor.probe;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
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
    /** The lateness of a timer adds to a measured time in the worst case: an error that clients would still accept. */
    private static final Duration MAX_LAG_OF_A_TIME = Duration.ofMillis(50);

    private final CheckJob job;
    private final Instant checkedAt;
    private final long startedNanos = System.nanoTime();
    private final Map<CheckType, Outcome> outcomes = new EnumMap<>(CheckType.class);
    private final Map<Requirement, Boolean> observed = new EnumMap<>(Requirement.class);
    private Phases phases = Phases.NONE;
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
    public void took(Stage stage, long sinceNanos) {
        phases = phases.with(stage, Duration.ofNanos(System.nanoTime() - sinceNanos));
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

    CheckReport report(Duration loopLag) {
        return new CheckReport(
                job.relay(),
                job.region(),
                job.cycle(),
                checkedAt,
                address == null ? null : NetUtil.toAddressString(address),
                phases,
                outcome(CheckType.OPEN),
                outcome(CheckType.READ),
                outcome(CheckType.WRITE),
                outcome(CheckType.NIP11),
                document,
                observed,
                loopLag,
                loopLag.compareTo(MAX_LAG_OF_A_TIME) > 0 ? EnumSet.allOf(Stage.class) : Set.of(),
                job.confirmation() + 1,
                new Facts(addresses, tls, place, capabilities, limits));
    }
}
