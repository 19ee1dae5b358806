package org.nostrmonitor.http;

import org.nostrmonitor.cache.RecentResults;
import org.nostrmonitor.cache.Workers;
import org.nostrmonitor.queue.JobQueue;
import org.nostrmonitor.storage.CycleRepository;
import org.nostrmonitor.storage.Outbox;
import org.nostrmonitor.storage.RelayViews;

/** Where the pages and the API read from. */
public record Sources(
        RelayViews views,
        CycleRepository cycles,
        Outbox outbox,
        Workers workers,
        JobQueue queue,
        RecentResults recent) {}
