package org.nostrmonitor.consume;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import org.nostrmonitor.bus.Bus;
import org.nostrmonitor.cache.RecentResults;
import org.nostrmonitor.nostr.KeyRing;
import org.nostrmonitor.queue.JobQueue;
import org.nostrmonitor.queue.QueueView;
import org.nostrmonitor.storage.ReportStore;

/** What a worker works with. */
public record Surroundings(
        Vertx vertx,
        Bus bus,
        KeyRing keys,
        ReportStore store,
        JobQueue queue,
        QueueView view,
        RecentResults recent,
        MeterRegistry registry) {}
