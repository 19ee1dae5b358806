package org.nostrmonitor.nip66;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Facts;
import org.nostrmonitor.relay.OneLook;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Phases;
import org.nostrmonitor.relay.Place;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Requirement;

/** Reports to tell of: one that is as short as a relay that is up can be, and the same with one thing more. */
final class Reports {
    static final Instant CHECKED_AT = Instant.parse("2026-07-01T12:00:00.999Z");

    /** Opened and read, with no time known, no write, no NIP-11. */
    static final CheckReport UP = of("wss://relay.example", Phases.NONE);

    private Reports() {}

    static CheckReport of(String url, Phases phases) {
        return OneLook.report(
                RelayUrl.of(url),
                "local",
                Instant.parse("2026-07-01T12:00:00Z"),
                CHECKED_AT,
                "192.0.2.1",
                phases,
                new Outcome.Passed(),
                new Outcome.Passed(),
                new Outcome.NotTested(Reason.NOT_DUE),
                new Outcome.NotTested(Reason.DISABLED),
                null,
                Map.of(),
                Duration.ZERO);
    }

    static CheckReport withOutcomes(CheckReport report, Outcome open, Outcome read, Outcome write) {
        return OneLook.report(
                report.relay(),
                report.region(),
                report.cycle(),
                report.checkedAt(),
                report.address(),
                report.phases(),
                open,
                read,
                write,
                report.nip11(),
                report.document(),
                report.observed(),
                report.loopLag());
    }

    static CheckReport at(Place place) {
        return new CheckReport(
                UP.relay(),
                UP.region(),
                UP.cycle(),
                UP.checkedAt(),
                UP.address(),
                UP.phases(),
                UP.open(),
                UP.read(),
                UP.write(),
                UP.nip11(),
                UP.document(),
                UP.observed(),
                UP.loopLag(),
                UP.withheld(),
                UP.looks(),
                new Facts(List.of(), null, place, Map.of(), Map.of()));
    }

    static CheckReport claiming(@Nullable String document, Map<Requirement, Boolean> observed) {
        return OneLook.report(
                UP.relay(),
                UP.region(),
                UP.cycle(),
                UP.checkedAt(),
                UP.address(),
                UP.phases(),
                UP.open(),
                UP.read(),
                UP.write(),
                new Outcome.Passed(),
                document,
                observed,
                UP.loopLag());
    }
}
