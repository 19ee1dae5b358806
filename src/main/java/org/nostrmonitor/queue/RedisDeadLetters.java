package org.nostrmonitor.queue;

import io.vertx.core.Future;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.nostrmonitor.relay.CheckJob;

/** The dead letters in Redis. Many are moved in batches, each of them atomic. */
public final class RedisDeadLetters implements DeadLetters {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int BATCH = 500;

    private final ScriptRunner scripts;

    /** @param redis from {@link RedisConnections}; stays the caller's to close */
    public RedisDeadLetters(Redis redis) {
        this.scripts = new ScriptRunner(redis);
    }

    @Override
    public Future<List<DeadLetter>> newest(String region, int most) {
        if (most <= 0) {
            return Future.succeededFuture(List.of());
        }
        return most <= BATCH
                ? letters(region, List.of(String.valueOf(most)))
                : allNames(region).compose(ids -> named(region, newestFirst(ids, most)));
    }

    private static List<String> newestFirst(List<String> ids, int most) {
        List<String> newest = new ArrayList<>(ids.subList(Math.max(0, ids.size() - most), ids.size()));
        Collections.reverse(newest);
        return newest;
    }

    private Future<List<DeadLetter>> named(String region, List<String> ids) {
        Future<List<DeadLetter>> all = Future.succeededFuture(List.of());
        for (List<String> batch : Arguments.batches(ids, BATCH)) {
            all = all.compose(before ->
                    letters(region, Arguments.concat(List.of("0"), batch)).map(more -> Arguments.concat(before, more)));
        }
        return all;
    }

    @Override
    public Future<Integer> retry(String region, Collection<String> ids, Instant cycle) {
        return inBatches(names(ids), batch -> retryBatch(region, batch, cycle));
    }

    @Override
    public Future<Integer> retryAll(String region, Instant cycle) {
        return allNames(region).compose(all -> inBatches(all, batch -> retryBatch(region, batch, cycle)));
    }

    @Override
    public Future<Integer> drop(String region, Collection<String> ids) {
        return inBatches(names(ids), batch -> dropBatch(region, batch));
    }

    @Override
    public Future<Integer> dropAll(String region) {
        return allNames(region).compose(all -> inBatches(all, batch -> dropBatch(region, batch)));
    }

    private Future<Integer> dropBatch(String region, List<String> names) {
        return run(Script.DISCARD, region, names).map(Response::toInteger);
    }

    /** A letter is read here and moved there: the script moves what is still a letter by then. */
    private Future<Integer> retryBatch(String region, List<String> ids, Instant cycle) {
        return letters(region, Arguments.concat(List.of("0"), ids)).compose(letters -> {
            Terms terms = new Terms();
            List<String> args = new ArrayList<>();
            for (DeadLetter letter : letters) {
                CheckJob job = letter.job();
                if (job != null) {
                    args.add(Names.ofId(letter.id()));
                    args.add(Names.of(job.relay()));
                    args.add(PackedJob.write(job, terms));
                }
            }
            return args.isEmpty()
                    ? Future.succeededFuture(0)
                    : run(Script.REDRIVE, region, Plans.arguments(cycle, terms, args))
                            .map(Response::toInteger);
        });
    }

    private Future<List<DeadLetter>> letters(String region, List<String> args) {
        return run(Script.LETTERS, region, args)
                .map(reply -> reply.stream()
                        .map(letter -> Replies.deadLetter(region, letter))
                        .toList());
    }

    private Future<List<String>> allNames(String region) {
        return run(Script.LETTER_IDS, region, List.of())
                .map(reply -> reply.stream().map(Response::toString).toList());
    }

    private static List<String> names(Collection<String> ids) {
        return ids.stream().map(Names::ofId).toList();
    }

    private interface Step {
        Future<Integer> take(List<String> ids);
    }

    private static Future<Integer> inBatches(Collection<String> ids, Step step) {
        Future<Integer> count = Future.succeededFuture(0);
        for (List<String> batch : Arguments.batches(List.copyOf(ids), BATCH)) {
            count = count.compose(before -> step.take(batch).map(now -> before + now));
        }
        return count;
    }

    private Future<Response> run(Script script, String region, List<String> args) {
        return scripts.run(script, new Keys(region), args, PATIENCE);
    }
}
