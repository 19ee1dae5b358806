package org.nostrmonitor.schedule;

import org.nostrmonitor.bus.Bus;
import org.nostrmonitor.cache.RecentResults;
import org.nostrmonitor.cache.Workers;
import org.nostrmonitor.queue.JobQueue;
import org.nostrmonitor.queue.QueueView;
import org.nostrmonitor.storage.CycleRepository;
import org.nostrmonitor.storage.Leadership;
import org.nostrmonitor.storage.RelayRepository;

/** What a scheduler reads and writes. */
public record ScheduleStores(
        Leadership leadership,
        RelayRepository relays,
        CycleRepository cycles,
        JobQueue queue,
        QueueView queueView,
        Workers workers,
        RecentResults recent,
        Bus bus) {}
