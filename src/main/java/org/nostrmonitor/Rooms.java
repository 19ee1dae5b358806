package org.nostrmonitor;

import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.nostrmonitor.config.CronTicks;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.config.Role;
import org.nostrmonitor.consume.CheckFigures;
import org.nostrmonitor.consume.CheckJobHandler;
import org.nostrmonitor.consume.JobConsumer;
import org.nostrmonitor.consume.Pulse;
import org.nostrmonitor.consume.Reaper;
import org.nostrmonitor.coordinate.Announcer;
import org.nostrmonitor.coordinate.Coordinator;
import org.nostrmonitor.coordinate.Maintenance;
import org.nostrmonitor.coordinate.SystemFigures;
import org.nostrmonitor.http.Readiness;
import org.nostrmonitor.http.Readiness.Dependency;
import org.nostrmonitor.http.Sources;
import org.nostrmonitor.http.WebServer;
import org.nostrmonitor.http.WebSettings;
import org.nostrmonitor.probe.ProbeSettings;
import org.nostrmonitor.probe.RelayProber;
import org.nostrmonitor.publish.EventPublisher;
import org.nostrmonitor.queue.RetryPolicy;
import org.nostrmonitor.schedule.CheckPlan;
import org.nostrmonitor.schedule.CheckScheduler;
import org.nostrmonitor.schedule.CycleWatch;

/** Builds each feature from the parts. The verticles around them are {@link Monitor}'s. */
final class Rooms {
    private final Parts parts;

    Rooms(Parts parts) {
        this.parts = parts;
    }

    CheckScheduler scheduler() {
        CheckPlan plan = new CheckPlan(
                parts.shared().checks(),
                parts.keys().primary().publicKey(),
                parts.shared().publish().relays());
        return new CheckScheduler(
                new CronTicks(parts.shared().schedule().cron()),
                plan,
                parts.relays(),
                parts.cycles(),
                parts.queue(),
                parts::regions,
                parts.clock());
    }

    CycleWatch cycleWatch(CheckScheduler scheduler) {
        return new CycleWatch(parts.cycles(), parts.queueView(), scheduler, parts.bus(), parts.clock());
    }

    RelayProber prober(ProbeSettings settings) {
        return new RelayProber(parts.vertx(), settings, parts.keys(), parts.clock());
    }

    JobConsumer consumer() {
        MonitorConfig config = parts.config();
        CheckJobHandler handler = new CheckJobHandler(
                parts.bus(),
                parts.keys(),
                parts.reports(),
                parts.queue(),
                parts.recent(),
                RetryPolicy.DEFAULT,
                new CheckFigures(parts.registry(), config.region()),
                new Random());
        String owner = WorkerName.of(config.region());
        return new JobConsumer(
                parts.queue(), handler, config.region(), owner, config.worker().concurrency());
    }

    Reaper reaper() {
        return new Reaper(parts.queue(), parts.config().region(), RetryPolicy.DEFAULT.maxAttempts());
    }

    Pulse pulse(JobConsumer consumer) {
        return new Pulse(parts.workers(), consumer, parts.clock().instant());
    }

    Coordinator coordinator() {
        MonitorConfig config = parts.config();
        Announcer announcer =
                new Announcer(parts.outbox(), parts.keys(), parts.shared(), config.monitor(), parts.clock());
        Maintenance maintenance =
                new Maintenance(parts.housekeeping(), parts.shared().retention(), parts.registry(), parts.clock());
        SystemFigures figures = new SystemFigures(
                parts.workers(),
                parts.queueView(),
                parts.outbox(),
                parts.housekeeping(),
                parts.recent(),
                config.region(),
                parts.registry());
        return new Coordinator(parts.vertx(), announcer, maintenance, figures, parts.clock(), new Random());
    }

    EventPublisher publisher() {
        return new EventPublisher(
                parts.vertx(),
                parts.shared().publish().relays(),
                parts.outbox(),
                parts.keys(),
                parts.bus(),
                parts.registry(),
                parts.clock(),
                parts.config().network());
    }

    WebServer webServer(BooleanSupplier started) {
        MonitorConfig config = parts.config();
        WebSettings settings = new WebSettings(
                config.http().host(),
                config.http().port(),
                config.region(),
                config.monitor().name(),
                parts.keys().primary().publicKey(),
                parts.shared().schedule().cron(),
                config.http().adminTokenFile(),
                parts.has(Role.HTTP));
        Readiness readiness = new Readiness(
                started,
                List.of(
                        new Dependency(
                                "postgres", () -> parts.foundations().database().ping()),
                        new Dependency("redis", () -> parts.foundations().pingRedis())));
        Sources sources = new Sources(
                parts.views(),
                parts.cycles(),
                parts.outbox(),
                parts.workers(),
                parts.queueView(),
                parts.deadLetters(),
                parts.recent(),
                parts.bus());
        return new WebServer(parts.vertx(), sources, settings, readiness, parts.registry(), parts.clock());
    }
}
