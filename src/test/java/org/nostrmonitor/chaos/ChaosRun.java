package org.nostrmonitor.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.nostrmonitor.nostr.SecretKey;

/** A whole run: starts everything, makes the faults, lets the work come to its end, and counts. */
final class ChaosRun implements AutoCloseable {
    /** Longer than any fault stops the work. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration LONGEST_PROBE = Duration.ofMillis(30);
    private static final long PROGRESS_EVERY_NANOS = Duration.ofSeconds(10).toNanos();

    private final Size size;
    private final Random random;
    private final Path folder;
    private final Ledger ledger = new Ledger();
    private final Servers servers;
    private final Operator operator;
    private final Poison poison;
    private final Crew crew;
    private final Director director;
    private final Truth truth;
    private final long began = System.nanoTime();
    private long nextProgress = began;
    private int left;

    /** @param seed of the faults, their order and their victims; what the processes make of it differs each time */
    ChaosRun(Size size, long seed) throws IOException {
        System.out.println("chaos: seed " + seed + ", " + size);
        this.size = size;
        this.random = new Random(seed);
        Folders.delete(Child.LOGS);
        this.folder = Files.createTempDirectory("nostr-monitor-chaos");
        this.servers = Servers.start(folder);
        SecretKey key = SecretKey.random();
        ChildSettings settings = new ChildSettings(
                servers.postgresUri(),
                servers.redisUri(),
                key.nsec(),
                "test",
                size.slots(),
                size.lease(),
                size.longestProbe());
        this.operator = new Operator(settings, ledger);
        this.poison = new Poison(operator, key.publicKey());
        this.crew = new Crew(settings, ledger, folder, size.workers(), Size.SCHEDULERS, random);
        this.director = new Director(size, servers, ledger, crew, operator, poison, random, this::progress);
        this.truth = new Truth(servers.jdbcUrl());
    }

    /** Makes all faults and lets all work come to its end. Blocks for as long as that takes. */
    Verdict run() throws IOException, InterruptedException {
        try {
            return runToTheEnd();
        } catch (AssertionError stuck) {
            stuck.addSuppressed(new AssertionError("audit: " + operator.audit().faults()));
            throw stuck;
        }
    }

    private Verdict runToTheEnd() throws IOException, InterruptedException {
        operator.addRelays(size.relays());
        crew.start(Point.MID_PLAN.label);
        await(
                "the first cycle is being planned",
                () -> crew.schedulers().stream().anyMatch(director::stands));
        director.killThePlanner();
        crew.schedulers().forEach(scheduler -> scheduler.tell(Orders.DISARM));
        crew.awaitAllAtWork();
        Deque<Fault> faults = new ArrayDeque<>(size.faults(random));
        while (!faults.isEmpty()) {
            left = faults.size();
            director.make(faults.remove());
        }
        crew.probesTakeAtMost(LONGEST_PROBE);
        await("enough results are stored", () -> ledger.stored() >= size.results());
        comeToRest();
        return Verdict.of(size, truth, ledger, operator, poison.count());
    }

    /** Until every cycle is over, no other has begun, and every letter that was tried again has had its second life. */
    private void comeToRest() {
        do {
            crew.haveSchedulers(Size.SCHEDULERS);
            await("all cycles are over", new Sometimes(this::allCyclesAreOver));
            crew.killSchedulers();
        } while (!allCyclesAreOver());
        do {
            await("no job is left", new Sometimes(operator::seesNoJobs));
        } while (operator.seeToDeadLetters() > 0);
    }

    private boolean allCyclesAreOver() {
        return truth.cycles().stream().allMatch(Truth.Cycle::isOver);
    }

    private void await(String what, java.util.function.BooleanSupplier isSo) {
        ledger.await(
                what,
                isSo,
                () -> {
                    crew.replaceTheDead();
                    progress();
                },
                PATIENCE);
    }

    private void progress() {
        long now = System.nanoTime();
        if (now - nextProgress < 0) {
            return;
        }
        nextProgress = now + PROGRESS_EVERY_NANOS;
        Duration since = Duration.ofNanos(now - began);
        System.out.printf(
                "chaos: %d:%02d  %,d results stored, %,d probes, %d faults made, %d left%n",
                since.toMinutes(),
                since.toSecondsPart(),
                ledger.stored(),
                ledger.executions(),
                director.strikes().size(),
                left);
    }

    String table(Verdict verdict) {
        return new Table(verdict, ledger, director.strikes()).text();
    }

    /** Why innocent jobs became dead letters. */
    List<String> reasonsOfLetters() {
        return new ArrayList<>(operator.reasons());
    }

    @Override
    public void close() throws IOException {
        try {
            crew.close();
            operator.close();
        } finally {
            servers.close();
        }
        Folders.delete(folder);
    }
}
