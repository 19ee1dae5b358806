package org.nostrmonitor.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** The workers and schedulers, always as many: who has died is replaced at once. Used by the test's own thread only. */
final class Crew implements AutoCloseable {
    private static final int MOST_NEVER_READY = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<Child> workers = new ArrayList<>();
    private final List<Child> schedulers = new ArrayList<>();
    private final Ledger ledger;
    private final Path folder;
    private final int workerCount;
    private int schedulerCount;
    private final Random random;
    private ChildSettings settings;
    private Consumer<Child> onDeath = child -> {};
    private int started;
    private int neverReady;

    Crew(ChildSettings settings, Ledger ledger, Path folder, int workerCount, int schedulerCount, Random random) {
        this.settings = settings;
        this.ledger = ledger;
        this.folder = folder;
        this.workerCount = workerCount;
        this.schedulerCount = schedulerCount;
        this.random = random;
    }

    /** @param arguments of the first schedulers */
    void start(String... arguments) {
        for (int i = 0; i < schedulerCount; i++) {
            schedulers.add(start(ChaosScheduler.class, "scheduler", arguments));
        }
        replaceTheDead();
    }

    private Child start(Class<?> main, String kind, String... arguments) {
        ChildSettings named = settings.named(kind + "-" + ++started);
        return Child.start(main, named, folder, ledger::heard, arguments);
    }

    /** Is told of every worker that dies unasked. */
    void onDeath(Consumer<Child> told) {
        onDeath = told;
    }

    /** Starts as many as are missing; they are not ready yet. */
    void replaceTheDead() {
        for (Child worker : List.copyOf(workers)) {
            if (!worker.isAlive()) {
                workers.remove(worker);
                diedUnasked(worker);
            }
        }
        schedulers.removeIf(scheduler -> !scheduler.isAlive());
        while (workers.size() < workerCount) {
            workers.add(start(ChaosWorker.class, "worker"));
        }
        while (schedulers.size() < schedulerCount) {
            schedulers.add(start(ChaosScheduler.class, "scheduler"));
        }
    }

    /** Who could not even start was not killed by a job: a machine may be too busy to start it in time. */
    private void diedUnasked(Child worker) {
        if (ledger.isReady(worker.name())) {
            onDeath.accept(worker);
        } else if (++neverReady > MOST_NEVER_READY) {
            throw new AssertionError("workers do not start: see the logs in " + Child.LOGS);
        }
    }

    /** Any worker that is at work. */
    Child anyWorker() {
        return any(workers);
    }

    Child anyScheduler() {
        return any(schedulers);
    }

    private Child any(List<Child> all) {
        ledger.await(
                "somebody is at work", () -> all.stream().anyMatch(this::isAtWork), this::replaceTheDead, PATIENCE);
        List<Child> atWork = all.stream().filter(this::isAtWork).toList();
        return atWork.get(random.nextInt(atWork.size()));
    }

    private boolean isAtWork(Child child) {
        return child.isAlive() && ledger.isReady(child.name());
    }

    void awaitAllAtWork() {
        ledger.await(
                "all are at work",
                () -> workers.stream().allMatch(this::isAtWork)
                        && schedulers.stream().allMatch(this::isAtWork),
                this::replaceTheDead,
                PATIENCE);
    }

    List<Child> schedulers() {
        return List.copyOf(schedulers);
    }

    /** SIGKILL, and nobody else is told of it. */
    void kill(Child child) {
        workers.remove(child);
        schedulers.remove(child);
        child.kill();
        replaceTheDead();
    }

    /** From now on, also for those that come. */
    void probesTakeAtMost(Duration longest) {
        settings = settings.probing(longest);
        workers.forEach(worker -> worker.tell(Orders.PROBES + longest.toMillis()));
    }

    /** Schedulers again, after {@link #killSchedulers}. */
    void haveSchedulers(int count) {
        schedulerCount = count;
        replaceTheDead();
    }

    /** Nobody plans any more. */
    void killSchedulers() {
        schedulerCount = 0;
        schedulers.forEach(Child::kill);
        schedulers.clear();
    }

    @Override
    public void close() {
        List<Child> all = new ArrayList<>(workers);
        all.addAll(schedulers);
        all.forEach(Child::close);
        all.forEach(Child::awaitEnd);
    }
}
