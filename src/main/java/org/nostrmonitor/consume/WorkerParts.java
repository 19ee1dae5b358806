package org.nostrmonitor.consume;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.util.Random;
import java.util.function.Supplier;
import org.nostrmonitor.queue.QueueUnavailable;
import org.nostrmonitor.storage.StoreUnavailable;

/** The parts of one worker, put together. */
record WorkerParts(
        Slots slots,
        Starts starts,
        Leases leases,
        Reachability redis,
        HeldReports reports,
        Settlement settlement,
        Admission admission,
        IdleWatch idle,
        SelfDoubt doubt,
        CheckFigures figures,
        CheckJobHandler handler) {

    static WorkerParts of(Surroundings around, WorkerSettings settings) {
        Vertx vertx = around.vertx();
        Random random = new Random();
        CheckFigures figures = new CheckFigures(around.registry(), settings.region());
        Room room = new Room(settings.room(), settings.roomBytes());
        Reachability redis = new Reachability("Redis");
        Reachability postgres = new Reachability("PostgreSQL");
        Leases leases = new Leases(around.queue(), redis, settings.lease());
        PatientCalls stores = new PatientCalls(
                vertx, postgres, settings.postgresBackoff(), fault -> fault instanceof StoreUnavailable);
        PatientCalls tellings =
                new PatientCalls(vertx, redis, settings.redisBackoff(), fault -> fault instanceof QueueUnavailable);
        Starts starts = new Starts(vertx);
        HeldReports reports = new HeldReports(around.store(), stores, room);
        SelfDoubt doubt = new SelfDoubt(
                settings.doubt(),
                new WitnessProbes(
                        around.bus(), settings.region(), settings.doubt().patience()),
                random,
                System::nanoTime,
                new DoubtFigures(around.registry(), settings.region()));
        Settlement settlement = new Settlement(around.queue(), tellings, leases, room, figures);
        return new WorkerParts(
                new Slots(settings.slots(), settings.keptSlots()),
                starts,
                leases,
                redis,
                reports,
                settlement,
                new Admission(room, redis, postgres, reports, settlement, settings.redisBackoff()),
                new IdleWatch(around.view(), settings.region(), settings.idlePatience(), settings.idleEvery()),
                doubt,
                figures,
                new CheckJobHandler(
                        around.bus(),
                        around.keys(),
                        reports,
                        settlement,
                        doubt,
                        new Confirmation(figures, settings.confirmAfter(), random),
                        starts,
                        around.recent(),
                        settings.retries(),
                        figures,
                        random));
    }

    /** What can be read at any moment, for {@code /metrics}. */
    void gauges(MeterRegistry registry, String region) {
        gauge(registry, region, "monitor.worker.slots", slots::total);
        gauge(registry, region, "monitor.worker.busy", slots::busy);
        gauge(registry, region, "monitor.worker.held", reports::count);
        gauge(registry, region, "monitor.worker.unacked", settlement::untold);
        gauge(registry, region, "monitor.worker.doubting", () -> doubt.doubting() ? 1 : 0);
        Gauge.builder("monitor.worker.claim.age", () -> idle.sinceClaim().toMillis() / 1000.0)
                .baseUnit("seconds")
                .tag("region", region)
                .register(registry);
    }

    private static void gauge(MeterRegistry registry, String region, String name, Supplier<Number> value) {
        Gauge.builder(name, value).tag("region", region).register(registry);
    }
}
