package org.nostrmonitor;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.InstantSource;
import org.nostrmonitor.bus.Bus;
import org.nostrmonitor.cache.RecentResults;
import org.nostrmonitor.cache.RedisRecentResults;
import org.nostrmonitor.cache.RedisWorkers;
import org.nostrmonitor.cache.Workers;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.config.Role;
import org.nostrmonitor.keys.NodeKeys;
import org.nostrmonitor.nostr.KeyRing;
import org.nostrmonitor.queue.DeadLetters;
import org.nostrmonitor.queue.JobQueue;
import org.nostrmonitor.queue.QueueView;
import org.nostrmonitor.queue.RedisDeadLetters;
import org.nostrmonitor.queue.RedisJobQueue;
import org.nostrmonitor.queue.RedisQueueView;
import org.nostrmonitor.storage.CycleRepository;
import org.nostrmonitor.storage.Database;
import org.nostrmonitor.storage.History;
import org.nostrmonitor.storage.Housekeeping;
import org.nostrmonitor.storage.Outbox;
import org.nostrmonitor.storage.PgCycleRepository;
import org.nostrmonitor.storage.PgHistory;
import org.nostrmonitor.storage.PgHousekeeping;
import org.nostrmonitor.storage.PgOutbox;
import org.nostrmonitor.storage.PgRelayRepository;
import org.nostrmonitor.storage.PgRelayViews;
import org.nostrmonitor.storage.PgReportStore;
import org.nostrmonitor.storage.PgStatistics;
import org.nostrmonitor.storage.RelayRepository;
import org.nostrmonitor.storage.RelayViews;
import org.nostrmonitor.storage.ReportStore;
import org.nostrmonitor.storage.SharedSettings.Shared;
import org.nostrmonitor.storage.Statistics;

/** What the features of a node are built from: made once, used by all. */
record Parts(
        Vertx vertx,
        MonitorConfig config,
        Foundations foundations,
        Shared shared,
        NodeKeys nodeKeys,
        Bus bus,
        JobQueue queue,
        QueueView queueView,
        DeadLetters deadLetters,
        Workers workers,
        RecentResults recent,
        RelayRepository relays,
        CycleRepository cycles,
        ReportStore reports,
        Outbox outbox,
        Housekeeping housekeeping,
        RelayViews views,
        History history,
        Statistics statistics,
        PrometheusMeterRegistry registry,
        InstantSource clock) {

    /** Reads files of the jar: blocking. */
    static Parts of(
            Vertx vertx,
            MonitorConfig config,
            Foundations foundations,
            Shared shared,
            NodeKeys keys,
            PrometheusMeterRegistry registry) {
        Database database = foundations.database();
        Housekeeping housekeeping = new PgHousekeeping(database);
        Clock clock = Clock.systemUTC();
        return new Parts(
                vertx,
                config,
                foundations,
                shared,
                keys,
                Bus.on(vertx),
                new RedisJobQueue(foundations.redis()),
                new RedisQueueView(foundations.redis()),
                new RedisDeadLetters(foundations.redis()),
                new RedisWorkers(foundations.redis()),
                new RedisRecentResults(foundations.redis()),
                new PgRelayRepository(database),
                new PgCycleRepository(database),
                new PgReportStore(database, housekeeping),
                new PgOutbox(database),
                housekeeping,
                new PgRelayViews(database, clock),
                new PgHistory(database, clock),
                new PgStatistics(database),
                registry,
                clock);
    }

    /** The same with other settings. */
    Parts by(Shared settings) {
        return new Parts(
                vertx,
                config,
                foundations,
                settings,
                nodeKeys,
                bus,
                queue,
                queueView,
                deadLetters,
                workers,
                recent,
                relays,
                cycles,
                reports,
                outbox,
                housekeeping,
                views,
                history,
                statistics,
                registry,
                clock);
    }

    KeyRing keys() {
        return nodeKeys.ring();
    }

    boolean has(Role role) {
        return config.roles().contains(role);
    }
}
