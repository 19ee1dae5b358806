package org.nostrmonitor.cli;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.embedded.EmbeddedPostgres;
import org.nostrmonitor.simulator.InventedReports;
import org.nostrmonitor.simulator.SimulatedNetwork;
import org.nostrmonitor.simulator.SimulatedRelay;
import org.nostrmonitor.storage.Database;
import org.nostrmonitor.storage.InventedPast;
import org.nostrmonitor.storage.Migrations;
import org.nostrmonitor.storage.PgHousekeeping;
import org.nostrmonitor.storage.PgRelayRepository;
import org.nostrmonitor.storage.PgReportStore;
import org.nostrmonitor.storage.ReportStore;
import org.nostrmonitor.storage.ReportStore.Finding;

/** Gives the monitor of a simulated network a past, before it starts: then its pages can be looked at. Blocks. */
final class SimulatedPast {
    private static final int AT_ONCE = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long CADENCE_SECONDS = 900;

    private final SimulatedNetwork network;
    private final int days;
    private final PrintWriter out;

    SimulatedPast(SimulatedNetwork network, int days, PrintWriter out) {
        this.network = network;
        this.days = days;
        this.out = out;
    }

    /** Does nothing in a directory where a monitor has stored something already. */
    void make() {
        Path data = network.config().resolveSibling("data");
        EmbeddedPostgres postgres = EmbeddedPostgres.start(data);
        try {
            Migrations.run(postgres.uri());
            // So long ago that the monitor begins at once.
            long now = Instant.now().getEpochSecond();
            Instant last =
                    Instant.ofEpochSecond(Math.floorDiv(now, CADENCE_SECONDS) * CADENCE_SECONDS - CADENCE_SECONDS);
            InventedPast past = new InventedPast(postgres.uri(), last, days, this::say);
            if (past.isPossible()) {
                storeOneReportEach(postgres.uri(), last);
                past.make();
            } else {
                say(data + " has a past already, and keeps it");
            }
        } finally {
            postgres.stop();
        }
    }

    private void say(String what) {
        out.println("  " + what);
        out.flush();
    }

    private void storeOneReportEach(String uri, Instant last) {
        Vertx vertx = Vertx.vertx();
        try {
            Database database = Database.connect(vertx, uri, Database.DEFAULT_SIZE);
            PgHousekeeping housekeeping = new PgHousekeeping(database);
            LocalDate day = LocalDate.ofInstant(last, ZoneOffset.UTC);
            wait(housekeeping.makePartitions(day.minusDays(1), day.plusDays(2)));
            wait(new PgRelayRepository(database)
                    .add(network.relays().stream().map(SimulatedRelay::url).toList(), "config"));
            ReportStore store = new PgReportStore(database, housekeeping);
            List<SimulatedRelay> relays = network.relays();
            for (int from = 0; from < relays.size(); from += AT_ONCE) {
                List<SimulatedRelay> some = relays.subList(from, Math.min(relays.size(), from + AT_ONCE));
                wait(Future.all(some.stream()
                        .map(relay -> store.store(finding(relay, last)))
                        .toList()));
            }
            wait(database.close());
        } finally {
            wait(vertx.close());
        }
    }

    private static Finding finding(SimulatedRelay relay, Instant last) {
        return new Finding(InventedReports.of(relay, MonitorConfig.DEFAULT.region(), last), null, List.of());
    }

    private static <T> T wait(Future<T> future) {
        return Await.of(future, PATIENCE, "PostgreSQL");
    }
}
