package org.nostrmonitor.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.queue.QueueView.CycleProgress;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.Priority;

/** What a queue should be, with maps and lists: no time, delays are over at once or never. */
final class QueueModel {
    enum Place {
        READY,
        DELAYED,
        RETRYING,
        LEASED,
        DONE,
        DEAD
    }

    /** One job; {@code due} of a delayed one, {@code expired} of a leased one. */
    static final class Entry {
        CheckJob job;
        Place place = Place.READY;
        boolean due;
        boolean expired;

        @Nullable
        Lease lease;

        Entry(CheckJob job) {
            this.job = job;
        }

        boolean asked() {
            return job.priority() == Priority.ON_DEMAND;
        }

        boolean live() {
            return place != Place.DONE && place != Place.DEAD;
        }
    }

    final Map<String, Entry> entries = new HashMap<>();
    final Map<String, CheckJob> letters = new HashMap<>();

    int plan(Collection<CheckJob> jobs) {
        int before = entries.size();
        jobs.forEach(job -> entries.putIfAbsent(job.id(), new Entry(job)));
        return entries.size() - before;
    }

    List<Entry> in(Place place) {
        return entries.values().stream().filter(entry -> entry.place == place).toList();
    }

    long ready(boolean asked) {
        return in(Place.READY).stream().filter(entry -> entry.asked() == asked).count();
    }

    /** What is due becomes ready. Gives how many a claim must get; those asked for come first. */
    int claimable(int most, int onDemand) {
        for (Entry entry : entries.values()) {
            if ((entry.place == Place.DELAYED || entry.place == Place.RETRYING) && entry.due) {
                entry.place = Place.READY;
            }
        }
        long first = Math.min(most, ready(true) + ready(false));
        long askedLeft = ready(true) - Math.min(ready(true), most);
        return (int) (first + Math.min(onDemand, askedLeft));
    }

    /** Gives the job as it must have been handed out. */
    CheckJob lease(Lease lease) {
        Entry entry = Objects.requireNonNull(entries.get(lease.job().id()));
        if (entry.place != Place.READY) {
            throw new AssertionError(lease + " was " + entry.place);
        }
        CheckJob handedOut = entry.job;
        entry.place = Place.LEASED;
        entry.lease = lease;
        entry.expired = false;
        entry.job = entry.job.after(entry.job.attempt(), entry.job.confirmation(), null);
        return handedOut;
    }

    /** The job of a lease that is still good, or null. */
    @Nullable
    Entry held(Lease lease) {
        Entry entry = entries.get(lease.job().id());
        return entry != null && lease.equals(entry.lease) ? entry : null;
    }

    void leave(Entry entry, Place place, boolean due) {
        entry.place = place;
        entry.due = due;
        entry.lease = null;
        if (place == Place.DEAD) {
            letters.put(entry.job.id(), entry.job);
        }
    }

    int reap(int maxAttempts) {
        List<Entry> lost =
                in(Place.LEASED).stream().filter(entry -> entry.expired).toList();
        for (Entry entry : lost) {
            if (entry.job.attempt() >= maxAttempts) {
                leave(entry, Place.DEAD, false);
            } else {
                entry.job = entry.job.withAttempt(entry.job.attempt() + 1);
                leave(entry, Place.READY, false);
            }
        }
        return lost.size();
    }

    int drop(Instant cycle) {
        List<Entry> ofCycle = entries.values().stream()
                .filter(entry -> entry.job.cycle().equals(cycle))
                .toList();
        ofCycle.forEach(entry -> entries.remove(entry.job.id()));
        return (int) ofCycle.stream().filter(Entry::live).count();
    }

    /** Puts all letters into a cycle that nobody has used. */
    int retryLetters(Instant cycle) {
        int count = letters.size();
        for (CheckJob letter : new ArrayList<>(letters.values())) {
            CheckJob again = new CheckJob(
                    letter.relay(),
                    letter.region(),
                    cycle,
                    letter.checks(),
                    letter.timeouts(),
                    letter.signingKey(),
                    letter.publishTo(),
                    letter.priority(),
                    1,
                    letter.wasUp(),
                    0,
                    null);
            entries.putIfAbsent(again.id(), new Entry(again));
        }
        letters.clear();
        return count;
    }

    CycleProgress progress(Instant cycle, boolean sealed) {
        int live = 0;
        int done = 0;
        int dead = 0;
        for (Entry entry : entries.values()) {
            if (entry.job.cycle().equals(cycle)) {
                live += entry.live() ? 1 : 0;
                done += entry.place == Place.DONE ? 1 : 0;
                dead += entry.place == Place.DEAD ? 1 : 0;
            }
        }
        return new CycleProgress(live, done, dead, sealed);
    }
}
