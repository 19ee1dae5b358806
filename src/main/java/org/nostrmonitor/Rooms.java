package org.nostrmonitor;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.nostrmonitor.config.CronTicks;
import org.nostrmonitor.config.Identity;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.config.MonitorConfig.RateLimits;
import org.nostrmonitor.config.Role;
import org.nostrmonitor.consume.JobConsumer;
import org.nostrmonitor.consume.Pulse;
import org.nostrmonitor.consume.Reaper;
import org.nostrmonitor.consume.Surroundings;
import org.nostrmonitor.consume.WorkerSettings;
import org.nostrmonitor.coordinate.Announcer;
import org.nostrmonitor.coordinate.Coordinator;
import org.nostrmonitor.coordinate.Families;
import org.nostrmonitor.coordinate.Maintenance;
import org.nostrmonitor.coordinate.Presentation;
import org.nostrmonitor.coordinate.Runs;
import org.nostrmonitor.coordinate.SystemFigures;
import org.nostrmonitor.discover.Discovery;
import org.nostrmonitor.discover.DiscoverySettings;
import org.nostrmonitor.http.Readiness;
import org.nostrmonitor.http.Readiness.Dependency;
import org.nostrmonitor.http.Sources;
import org.nostrmonitor.http.WebLimits;
import org.nostrmonitor.http.WebServer;
import org.nostrmonitor.http.WebSettings;
import org.nostrmonitor.probe.ProbeSettings;
import org.nostrmonitor.probe.RelayProber;
import org.nostrmonitor.publish.EventPublisher;
import org.nostrmonitor.queue.AddressLimits;
import org.nostrmonitor.queue.Pace;
import org.nostrmonitor.queue.RedisAddressLimits;
import org.nostrmonitor.queue.RetryPolicy;
import org.nostrmonitor.relayserver.RelayLimits;
import org.nostrmonitor.relayserver.RelayServer;
import org.nostrmonitor.relayserver.RelaySettings;
import org.nostrmonitor.schedule.BackOff;
import org.nostrmonitor.schedule.CheckPlan;
import org.nostrmonitor.schedule.CheckScheduler;
import org.nostrmonitor.schedule.ScheduleSettings;
import org.nostrmonitor.schedule.ScheduleStores;
import org.nostrmonitor.schedule.SigningKeys;
import org.nostrmonitor.storage.PgAdministration;
import org.nostrmonitor.storage.PgFamilyRepository;
import org.nostrmonitor.storage.PgLeadership;
import org.nostrmonitor.storage.PgMonitorNotes;
import org.nostrmonitor.storage.PgOtherMonitors;
import org.nostrmonitor.storage.PgRunLog;
import org.nostrmonitor.storage.PgStoredEvents;

/** Builds each feature from the parts. The verticles around them are {@link Monitor}'s. */
final class Rooms {
    private final Parts parts;
    private final AddressLimits addressLimits;

    Rooms(Parts parts) {
        this.parts = parts;
        this.addressLimits = new RedisAddressLimits(
                parts.foundations().redis(), parts.config().region(), pace());
    }

    CheckScheduler scheduler() {
        MonitorConfig config = parts.config();
        CheckPlan plan = new CheckPlan(
                parts.shared().checks(),
                new BackOff(parts.shared().schedule().longestBackOff()),
                parts.shared().rateLimits().urlsPerHost(),
                new SigningKeys(
                        parts.keys().primary().publicKey(), parts.nodeKeys().byRegion()),
                parts.shared().publish().relays());
        ScheduleSettings settings = new ScheduleSettings(
                new CronTicks(parts.shared().schedule().cron()),
                plan,
                parts.has(Role.WORKER) ? Set.of(config.region()) : Set.of(),
                WorkerName.of(config.region()),
                ScheduleSettings.LEASE);
        ScheduleStores stores = new ScheduleStores(
                new PgLeadership(parts.foundations().database()),
                parts.relays(),
                parts.cycles(),
                parts.queue(),
                parts.queueView(),
                parts.workers(),
                parts.recent(),
                parts.bus());
        return new CheckScheduler(settings, stores, parts.clock());
    }

    RelayProber prober(ProbeSettings settings) {
        return new RelayProber(parts.vertx(), settings, parts.keys(), addressLimits, parts.clock());
    }

    /** @param settings tell how many probes there is room for */
    JobConsumer consumer(ProbeSettings settings) {
        MonitorConfig config = parts.config();
        Surroundings surroundings = new Surroundings(
                parts.vertx(),
                parts.bus(),
                parts.keys(),
                parts.reports(),
                parts.queue(),
                parts.queueView(),
                parts.recent(),
                parts.registry());
        return new JobConsumer(
                surroundings,
                WorkerSettings.of(
                        config.region(),
                        WorkerName.of(config.region()),
                        settings.budgets().fit(config.worker().concurrency()),
                        pace()));
    }

    private Pace pace() {
        RateLimits limits = parts.shared().rateLimits();
        return new Pace(limits.perHost(), limits.perAddress(), limits.perNetwork(), limits.global());
    }

    Reaper reaper() {
        return new Reaper(parts.queue(), parts.config().region(), RetryPolicy.DEFAULT.maxAttempts(), parts.registry());
    }

    Pulse pulse(JobConsumer consumer) {
        return new Pulse(parts.workers(), consumer, parts.clock().instant());
    }

    Coordinator coordinator() {
        MonitorConfig config = parts.config();
        Presentation presentation = new Presentation(
                parts.shared(),
                config.monitor(),
                !config.geo().files().isEmpty(),
                parts.clock().instant());
        Announcer announcer = new Announcer(parts.outbox(), parts.nodeKeys(), presentation, parts.clock());
        Maintenance maintenance =
                new Maintenance(parts.housekeeping(), parts.shared().retention(), parts.registry(), parts.clock());
        SystemFigures figures = new SystemFigures(
                parts.workers(),
                parts.queueView(),
                parts.outbox(),
                parts.housekeeping(),
                parts.recent(),
                config.region(),
                parts.registry(),
                parts.clock());
        Families families = new Families(
                parts.vertx(), new PgFamilyRepository(parts.foundations().database()), parts.clock());
        Runs runs = new Runs(new PgRunLog(parts.foundations().database()), parts.clock());
        return new Coordinator(
                parts.vertx(), announcer, maintenance, figures, families, runs, parts.clock(), new Random());
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

    Discovery discovery() {
        Set<String> ownKeys = new HashSet<>(parts.nodeKeys().byRegion().values());
        parts.nodeKeys().voices().forEach(voice -> ownKeys.add(voice.publicKey()));
        parts.nodeKeys().retired().forEach(old -> ownKeys.add(old.publicKey()));
        DiscoverySettings settings = new DiscoverySettings(
                parts.vertx(),
                parts.config().discovery().relaysOr(parts.shared().publish().relays()),
                ownKeys,
                parts.config().network().proxies(),
                new PgMonitorNotes(parts.foundations().database()),
                new PgLeadership(parts.foundations().database()),
                WorkerName.of(parts.config().region()),
                parts.clock());
        return new Discovery(settings, parts.registry());
    }

    /** @param cron tells when cycles are planned, as the settings say now */
    WebServer webServer(BooleanSupplier started, Supplier<String> cron) {
        MonitorConfig config = parts.config();
        WebSettings settings = new WebSettings(
                config.http().host(),
                config.http().port(),
                config.region(),
                config.monitor().name(),
                parts.keys().primary().publicKey(),
                cron,
                config.http().adminTokenFile(),
                WebLimits.of(config.http().requestsPerSecond(), config.http().unlimitedAddresses()),
                parts.has(Role.HTTP));
        Readiness readiness = new Readiness(
                started,
                List.of(
                        new Dependency(
                                "postgres", () -> parts.foundations().database().ping()),
                        new Dependency("redis", () -> parts.foundations().pingRedis())));
        Sources sources = new Sources(
                parts.views(),
                parts.history(),
                parts.statistics(),
                new PgOtherMonitors(parts.foundations().database()),
                parts.cycles(),
                new PgRunLog(parts.foundations().database()),
                parts.outbox(),
                parts.workers(),
                parts.queueView(),
                parts.deadLetters(),
                parts.recent(),
                new PgAdministration(parts.foundations().database(), parts.shared()),
                parts.bus());
        return new WebServer(
                parts.vertx(),
                sources,
                settings,
                readiness,
                parts.registry(),
                parts.clock(),
                new OwnRelay(relayServer()));
    }

    private RelayServer relayServer() {
        Identity monitor = parts.config().monitor();
        RelaySettings settings = new RelaySettings(
                monitor.name(),
                OwnRelay.description(monitor.about()),
                parts.keys().primary().publicKey(),
                monitor.contact(),
                monitor.picture(),
                Rooms.class.getPackage().getImplementationVersion(),
                RelayLimits.DEFAULT);
        return new RelayServer(
                parts.vertx(),
                new PgStoredEvents(parts.foundations().reader()),
                parts.bus(),
                settings,
                parts.registry());
    }
}
