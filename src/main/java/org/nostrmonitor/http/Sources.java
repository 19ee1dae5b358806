package org.nostrmonitor.http;

import org.nostrmonitor.bus.Bus;
import org.nostrmonitor.cache.RecentResults;
import org.nostrmonitor.cache.Workers;
import org.nostrmonitor.queue.DeadLetters;
import org.nostrmonitor.queue.QueueView;
import org.nostrmonitor.storage.Administration;
import org.nostrmonitor.storage.CycleRepository;
import org.nostrmonitor.storage.History;
import org.nostrmonitor.storage.OtherMonitors;
import org.nostrmonitor.storage.Outbox;
import org.nostrmonitor.storage.RelayViews;
import org.nostrmonitor.storage.RunLog;
import org.nostrmonitor.storage.Statistics;

/** Where the pages and the API read from, and the bus by which they ask for a check. */
public record Sources(
        RelayViews views,
        History history,
        Statistics statistics,
        OtherMonitors monitors,
        CycleRepository cycles,
        RunLog runs,
        Outbox outbox,
        Workers workers,
        QueueView queue,
        DeadLetters deadLetters,
        RecentResults recent,
        Administration administration,
        Bus bus) {}
