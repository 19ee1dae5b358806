package org.nostrmonitor.chaos;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.nostrmonitor.queue.DeadLetters;
import org.nostrmonitor.queue.DeadLetters.DeadLetter;
import org.nostrmonitor.queue.JobQueue;
import org.nostrmonitor.queue.QueueView;
import org.nostrmonitor.queue.QueueView.Audit;
import org.nostrmonitor.queue.QueueView.QueueCounts;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.RelayUrl;

/** Does what an operator would: looks at the queue, asks for checks, and has dead letters tried again. */
final class Operator implements AutoCloseable {
    private static final int SECONDS = 60;

    private final Wiring wiring;
    private final JobQueue queue;
    private final QueueView view;
    private final DeadLetters letters;
    private final Ledger ledger;

    /** Letters that were tried again, by id, with the cycle that their second life is of. */
    private final Map<String, Long> triedAgain = new LinkedHashMap<>();

    private final List<String> reasons = new ArrayList<>();
    private final Set<String> poison = new TreeSet<>();

    Operator(ChildSettings settings, Ledger ledger) {
        this.wiring = Wiring.of(settings);
        this.queue = wiring.queue();
        this.view = wiring.view();
        this.letters = wiring.letters();
        this.ledger = ledger;
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("the operator got no answer", e);
        }
    }

    /** A cycle of its own, never one of the schedulers, which begin on the minute. */
    long newCycle() {
        long now = Instant.now().getEpochSecond();
        long cycle = now % 60 == 0 ? now - 1 : now;
        ledger.isAsked(cycle);
        return cycle;
    }

    /** Of the relay with this number, from 0. */
    static String url(int number) {
        return "wss://r%06d.example/".formatted(number);
    }

    void addRelays(int count) {
        await(wiring.relays()
                .add(
                        IntStream.range(0, count)
                                .mapToObj(i -> RelayUrl.of(url(i)))
                                .toList(),
                        "test"));
    }

    /** Redis forgets everything. */
    void flush() {
        await(wiring.flush());
    }

    void ask(CheckJob job) {
        await(queue.plan(List.of(job)));
    }

    /** Poisonous ones are left where they are; all others are tried again. Gives how many these were. */
    int seeToDeadLetters() {
        List<DeadLetter> innocent = new ArrayList<>();
        for (DeadLetter letter : await(letters.newest(ChildSettings.REGION, 1000))) {
            if (letter.id().contains(MadeUpProbes.POISON)) {
                poison.add(letter.id());
            } else {
                innocent.add(letter);
            }
        }
        if (innocent.isEmpty()) {
            return 0;
        }
        long cycle = newCycle();
        innocent.forEach(letter -> {
            triedAgain.put(letter.id(), cycle);
            reasons.add(letter.why());
        });
        return await(letters.retry(
                ChildSettings.REGION, innocent.stream().map(DeadLetter::id).toList(), Instant.ofEpochSecond(cycle)));
    }

    /** Whether every letter that was tried again has its result. */
    boolean hasSeenToDeadLetters() {
        return triedAgain.entrySet().stream().allMatch(letter -> hasResult(letter.getKey(), letter.getValue()));
    }

    private boolean hasResult(String id, long cycle) {
        String again = cycle + id.substring(id.indexOf(' '));
        Long next = triedAgain.get(again);
        return next != null ? hasResult(again, next) : ledger.of(again, job -> job.storedNanos != null);
    }

    boolean isDead(String id) {
        return await(letters.newest(ChildSettings.REGION, 1000)).stream()
                .anyMatch(letter -> letter.id().equals(id));
    }

    Map<String, Long> triedAgain() {
        return triedAgain;
    }

    /** Why the innocent died. */
    List<String> reasons() {
        return reasons;
    }

    Set<String> poison() {
        return poison;
    }

    boolean seesNoJobs() {
        QueueCounts counts = await(view.counts(ChildSettings.REGION));
        return counts.waiting() + counts.leased() == 0;
    }

    Audit audit() {
        return await(view.audit(ChildSettings.REGION));
    }

    @Override
    public void close() {
        await(wiring.close());
    }
}
