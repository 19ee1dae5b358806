package org.nostrmonitor.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** What really happened, as the processes told it: kept apart from the databases, to compare with them in the end. */
final class Ledger {
    private final Map<String, Story> stories = new HashMap<>();
    private final Map<String, Story.Claim> holders = new HashMap<>();
    private final Map<Long, Integer> completions = new HashMap<>();
    private final Map<Long, Plan> plans = new HashMap<>();
    private final Set<String> ready = new HashSet<>();
    private final Map<String, String> stoppedAt = new HashMap<>();
    private final List<Long> forgetting = new ArrayList<>();
    private final Set<Long> asked = new HashSet<>();
    private final NavigableMap<Long, Integer> storedByCycle = new TreeMap<>();
    private long stored;
    private long executions;
    private long lastStoredNanos;

    /** A line of {@link Trace}. */
    synchronized void heard(Child child, String line) {
        String[] words = line.split(" ", 2);
        String rest = words.length > 1 ? words[1] : "";
        switch (words[0]) {
            case Trace.READY -> ready.add(child.name());
            case Trace.PLANNED -> planned(rest.split(" ", 2));
            case Trace.CLAIM -> claimed(child.name(), rest.split(" ", 2));
            case Trace.PROBE -> probed(rest);
            case Trace.STORED -> stored(rest.split(" ", 2));
            case Trace.ACK -> acked(child.name(), rest.split(" ", 3));
            case Trace.LEFT -> letGo(child.name(), rest.split(" ", 2)[1]);
            case Trace.LOST -> lost(rest.split(" ", 2));
            case Trace.AT -> stoppedAt.put(child.name(), rest.split(" ", 2)[1]);
            case Trace.COMPLETED -> completions.merge(Long.parseLong(rest), 1, Integer::sum);
            default -> throw new AssertionError(child.name() + " said " + line);
        }
        notifyAll();
    }

    private Story story(String id) {
        return stories.computeIfAbsent(id, none -> new Story());
    }

    /**
     * The plans of one cycle.
     *
     * @param jobs how often a job was added to the queue
     * @param first when that was heard first
     * @param last and when last
     */
    record Plan(int jobs, long first, long last) {}

    private void planned(String[] addedAndCycle) {
        int added = Integer.parseInt(addedAndCycle[0]);
        if (added > 0) {
            long now = System.nanoTime();
            plans.merge(
                    Long.parseLong(addedAndCycle[1]),
                    new Plan(added, now, now),
                    (before, plan) -> new Plan(before.jobs + plan.jobs, before.first, now));
        }
    }

    synchronized Plan plan(long cycle) {
        return plans.getOrDefault(cycle, new Plan(0, 0, 0));
    }

    private void claimed(String worker, String[] fenceAndId) {
        Story.Claim claim = new Story.Claim(worker, Long.parseLong(fenceAndId[0]), System.nanoTime());
        story(fenceAndId[1]).claims.add(claim);
        holders.put(fenceAndId[1], claim);
    }

    private void probed(String id) {
        story(id).executions++;
        executions++;
    }

    private void stored(String[] isNewAndId) {
        Story story = story(isNewAndId[1]);
        long now = System.nanoTime();
        if (story.storedNanos == null) {
            story.storedNanos = now;
        }
        if (Boolean.parseBoolean(isNewAndId[0])) {
            story.storedNew++;
            stored++;
            lastStoredNanos = now;
            storedByCycle.merge(cycleOf(isNewAndId[1]), 1, Integer::sum);
        }
    }

    /** The epoch second of the cycle that a job is of. */
    static long cycleOf(String id) {
        return Long.parseLong(id.substring(0, id.indexOf(' ')));
    }

    /** This cycle is none of the schedulers': the test asked for its jobs. */
    synchronized void isAsked(long cycle) {
        asked.add(cycle);
    }

    /** How many results of the newest cycle of the schedulers are stored. */
    synchronized int storedOfNewestCycle() {
        return storedByCycle.descendingMap().entrySet().stream()
                .filter(cycle -> !asked.contains(cycle.getKey()))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse(0);
    }

    private void acked(String worker, String[] oursFenceAndId) {
        boolean ours = Boolean.parseBoolean(oursFenceAndId[0]);
        story(oursFenceAndId[2]).acks.add(new Story.Ack(ours, Long.parseLong(oursFenceAndId[1]), System.nanoTime()));
        letGo(worker, oursFenceAndId[2]);
    }

    private void lost(String[] fenceAndId) {
        story(fenceAndId[1]).losses.add(Long.parseLong(fenceAndId[0]));
    }

    private void letGo(String worker, String id) {
        Story.Claim holder = holders.get(id);
        if (holder != null && holder.worker().equals(worker)) {
            holders.remove(id);
        }
    }

    /** Waits until it is so, as long as results are stored now and then, and lets the caller see to things in between. */
    void await(String what, BooleanSupplier isSo, Runnable meanwhile, Duration patience) {
        long start = System.nanoTime();
        try {
            while (!isSo.getAsBoolean()) {
                if (System.nanoTime() - patience.toNanos() - lastStoredAfter(start) > 0) {
                    throw new AssertionError("nothing was stored for " + patience + ", while waiting for: " + what);
                }
                // Not under the lock, which those who speak need.
                meanwhile.run();
                synchronized (this) {
                    wait(20);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private synchronized long lastStoredAfter(long nanos) {
        return nanos + Math.max(0, lastStoredNanos - nanos);
    }

    synchronized boolean isReady(String child) {
        return ready.contains(child);
    }

    /** Whether it said that it stands at a point; asking forgets it. */
    synchronized boolean hasStopped(String child) {
        return stoppedAt.containsKey(child);
    }

    /** The job that it stands at a point with. */
    synchronized String stoppedWith(String child) {
        String id = stoppedAt.remove(child);
        if (id == null) {
            throw new IllegalStateException(child + " does not stand at a point");
        }
        return id;
    }

    /** The jobs that a worker has leases on, as far as it could say. */
    synchronized List<String> heldBy(String worker) {
        return holders.entrySet().stream()
                .filter(held -> held.getValue().worker().equals(worker))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Redis is about to forget something of what it was told. */
    synchronized void redisForgets() {
        forgetting.add(System.nanoTime());
    }

    /** Whether Redis forgot something between two moments, or so shortly before that it may have forgotten the first. */
    synchronized boolean redisForgotBetween(long from, long to) {
        long margin = Duration.ofSeconds(3).toNanos();
        return forgetting.stream().anyMatch(at -> at - (from - margin) > 0 && at - (to + margin) < 0);
    }

    /** How many results were stored. */
    synchronized long stored() {
        return stored;
    }

    synchronized long lastStoredNanos() {
        return lastStoredNanos;
    }

    synchronized long executions() {
        return executions;
    }

    synchronized int completions(long cycle) {
        return completions.getOrDefault(cycle, 0);
    }

    /** Asks about one job. */
    synchronized <T> T of(String id, Function<Story, T> question) {
        return question.apply(story(id));
    }

    /** Asks about all jobs. */
    synchronized <T> T ofAll(Function<Map<String, Story>, T> question) {
        return question.apply(stories);
    }
}
