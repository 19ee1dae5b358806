package org.nostrmonitor.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Makes the faults, one after another, in the middle of work. */
final class Director {
    /** Nothing is lost by waiting: after so long without what was waited for, something is stuck. */
    private static final int MOST_STALLS = 4;

    private static final long LONGEST_STALL_NANOS = Duration.ofSeconds(30).toNanos();

    private final Size size;
    private final Servers servers;
    private final Ledger ledger;
    private final Crew crew;
    private final Operator operator;
    private final Poison poison;
    private final Random random;
    private final Runnable progress;
    private final List<Strike> strikes = new ArrayList<>();

    /** @param progress run while something is waited for */
    Director(
            Size size,
            Servers servers,
            Ledger ledger,
            Crew crew,
            Operator operator,
            Poison poison,
            Random random,
            Runnable progress) {
        this.size = size;
        this.servers = servers;
        this.ledger = ledger;
        this.crew = crew;
        this.operator = operator;
        this.poison = poison;
        this.random = random;
        this.progress = progress;
        crew.onDeath(this::diedUnasked);
    }

    List<Strike> strikes() {
        return strikes;
    }

    void make(Fault fault) throws IOException, InterruptedException {
        pause();
        switch (fault) {
            case KILL_AFTER_CLAIM, KILL_MID_PROBE, KILL_BEFORE_COMMIT, KILL_AFTER_COMMIT -> killAt(fault);
            case KILL_AT_RANDOM -> killAtRandom();
            case STALL -> stall();
            case KILL_SCHEDULER -> killScheduler();
            case KILL_MID_PLAN -> killWhilePlanning();
            case RESTART_REDIS -> outage(fault, servers::stopRedis, servers::startRedis);
            case KILL_REDIS -> forgetful(() -> outage(fault, servers::killRedis, servers::startRedis));
            case FLUSH_REDIS -> forgetful(() -> outage(fault, operator::flush, () -> {}));
            case STOP_POSTGRES -> outage(fault, this::stopPostgres, servers::startPostgres);
            case STOP_BOTH -> outage(fault, this::stopBoth, this::startBoth);
            case ONE_AFTER_THE_OTHER -> outage(fault, this::stopPostgresThenRedis, servers::startRedis);
            case POISON -> poison();
        }
    }

    /** Until some more results are stored, and so many of the cycle are left that there is something to disturb. */
    private void pause() {
        long enough = ledger.stored() + random.nextInt(size.between() + 1);
        int most = size.relays() * 9 / 10;
        await("work goes on", () -> {
            int done = ledger.storedOfNewestCycle();
            return ledger.stored() >= enough && done > 0 && done < most;
        });
    }

    private void await(String what, BooleanSupplier isSo) {
        ledger.await(
                what,
                isSo,
                () -> {
                    crew.replaceTheDead();
                    progress.run();
                },
                ChaosRun.PATIENCE);
    }

    private void killAt(Fault fault) {
        kill(fault, stopAnyAt(fault.point));
    }

    /** Some worker, which stands at this point then. */
    private Child stopAnyAt(Point point) {
        while (true) {
            Child worker = crew.anyWorker();
            worker.tell(Orders.ARM + point.label);
            await(
                    worker.name() + " comes to " + point.label,
                    () -> ledger.hasStopped(worker.name()) || !worker.isAlive());
            if (ledger.hasStopped(worker.name()) && worker.isAlive()) {
                return worker;
            }
        }
    }

    private void killAtRandom() {
        Child worker = crew.anyWorker();
        LockSupport.parkNanos(random.nextLong(Duration.ofMillis(200).toNanos()));
        kill(Fault.KILL_AT_RANDOM, worker);
    }

    private void kill(Fault fault, Child child) {
        long now = System.nanoTime();
        crew.kill(child);
        strikes.add(new Strike(fault, now, ledger.heldBy(child.name()), null));
    }

    private void diedUnasked(Child worker) {
        worker.awaitEnd();
        strikes.add(new Strike(Fault.POISON, System.nanoTime(), ledger.heldBy(worker.name()), null));
    }

    /**
     * Past its lease, until another worker has its job; then nothing that it still says of that may count. Nobody will have
     * the job if Redis forgot it before and its result is stored: then another worker is stalled.
     */
    private void stall() {
        for (int i = 0; i < MOST_STALLS; i++) {
            if (stallOne()) {
                return;
            }
        }
        throw new AssertionError("nobody took the job of any of " + MOST_STALLS + " stalled workers");
    }

    private boolean stallOne() {
        Child worker = stopAnyAt(random.nextBoolean() ? Point.MID_PROBE : Point.AFTER_COMMIT);
        String id = ledger.stoppedWith(worker.name());
        BooleanSupplier isTaken = () -> ledger.of(id, job -> job.isAnothersThan(worker.name()));
        long since = System.nanoTime();
        worker.suspend();
        try {
            await(
                    "another worker has " + id,
                    () -> isTaken.getAsBoolean() || System.nanoTime() - since > LONGEST_STALL_NANOS);
        } finally {
            worker.resume();
        }
        strikes.add(new Strike(Fault.STALL, since, ledger.heldBy(worker.name()), null));
        worker.tell(Orders.GO);
        return isTaken.getAsBoolean();
    }

    private void killScheduler() {
        Child scheduler = crew.anyScheduler();
        long now = System.nanoTime();
        crew.kill(scheduler);
        awaitNextResult(Fault.KILL_SCHEDULER, now);
    }

    /** With the next cycle, by whoever plans it. */
    private void killWhilePlanning() {
        List<Child> schedulers = crew.schedulers();
        schedulers.forEach(scheduler -> scheduler.tell(Orders.ARM + Point.MID_PLAN.label));
        await("a cycle is being planned", () -> schedulers.stream().anyMatch(this::stands));
        killThePlanner();
        crew.schedulers().forEach(scheduler -> scheduler.tell(Orders.DISARM));
    }

    /** Who stands in the middle of a plan. */
    void killThePlanner() {
        Child planner =
                crew.schedulers().stream().filter(this::stands).findFirst().orElseThrow();
        long now = System.nanoTime();
        crew.kill(planner);
        awaitNextResult(Fault.KILL_MID_PLAN, now);
    }

    boolean stands(Child child) {
        return ledger.hasStopped(child.name());
    }

    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    private void outage(Fault fault, Step stop, Step start) throws IOException, InterruptedException {
        stop.run();
        if (fault != Fault.FLUSH_REDIS) {
            beAway();
        }
        start.run();
        awaitNextResult(fault, System.nanoTime());
    }

    /** That is the fault itself: a server is away for some seconds. */
    private void beAway() {
        LockSupport.parkNanos(
                size.outage().toNanos() + random.nextLong(size.outage().toNanos()));
    }

    private void awaitNextResult(Fault fault, long since) {
        await("results come again after: " + fault.label, () -> ledger.lastStoredNanos() - since > 0);
        strikes.add(new Strike(fault, since, List.of(), Duration.ofNanos(ledger.lastStoredNanos() - since)));
    }

    /** The dead letters would be forgotten too, and so would what was asked for: a letter that is tried again is that. */
    private void forgetful(Step outage) throws IOException, InterruptedException {
        operator.seeToDeadLetters();
        await("what was tried again is stored", operator::hasSeenToDeadLetters);
        ledger.redisForgets();
        outage.run();
        ledger.redisForgets();
    }

    private void stopPostgres() throws IOException, InterruptedException {
        servers.stopPostgres(random.nextBoolean());
    }

    private void stopBoth() throws IOException, InterruptedException {
        stopPostgres();
        servers.stopRedis();
    }

    private void startBoth() throws IOException {
        servers.startRedis();
        servers.startPostgres();
    }

    private void stopPostgresThenRedis() throws IOException, InterruptedException {
        stopPostgres();
        beAway();
        servers.startPostgres();
        servers.stopRedis();
    }

    /** It kills three workers in turn, and is a dead letter then. */
    private void poison() {
        String id = poison.next();
        operator.ask(poison.job(id));
        await(id + " is worked on", () -> ledger.of(id, job -> job.executions) >= Poison.ATTEMPTS);
        await(id + " is a dead letter", new Sometimes(() -> operator.isDead(id)));
    }
}
