package org.nostrmonitor.queue;

import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.nostrmonitor.relay.CheckJob;

/** Adds jobs, a batch of one cycle and region after the other. */
final class Plans {
    private final ScriptRunner scripts;
    private final Duration patience;
    private final int batch;

    /** @param batch jobs in one call */
    Plans(ScriptRunner scripts, Duration patience, int batch) {
        this.scripts = scripts;
        this.patience = patience;
        this.batch = batch;
    }

    private record Place(String region, Instant cycle) {}

    /** Completes with how many were new. */
    Future<Integer> add(List<CheckJob> jobs) {
        Map<Place, List<CheckJob>> byPlace = jobs.stream()
                .collect(Collectors.groupingBy(
                        job -> new Place(job.region(), job.cycle()), LinkedHashMap::new, Collectors.toList()));
        Future<Integer> planned = Future.succeededFuture(0);
        for (Map.Entry<Place, List<CheckJob>> place : byPlace.entrySet()) {
            for (List<CheckJob> some : Arguments.batches(place.getValue(), batch)) {
                planned =
                        planned.compose(before -> addBatch(place.getKey(), some).map(now -> before + now));
            }
        }
        return planned;
    }

    private Future<Integer> addBatch(Place place, List<CheckJob> jobs) {
        Terms terms = new Terms();
        List<String> packed = new ArrayList<>(2 * jobs.size());
        for (CheckJob job : jobs) {
            packed.add(Names.of(job.relay()));
            packed.add(PackedJob.write(job, terms));
        }
        return scripts.run(Script.PLAN, new Keys(place.region()), arguments(place.cycle(), terms, packed), patience)
                .map(Response::toInteger);
    }

    /** What the scripts that add jobs begin with, then the jobs. */
    static List<String> arguments(Instant cycle, Terms terms, List<String> jobs) {
        List<String> args = new ArrayList<>(jobs.size() + 8);
        args.add(Names.of(cycle));
        args.add(PackedJob.offsets());
        args.addAll(terms.arguments());
        args.addAll(jobs);
        return args;
    }
}
