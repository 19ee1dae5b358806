package org.nostrmonitor.queue;

import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.queue.JobQueue.Claim;
import org.nostrmonitor.relay.CheckJob;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes jobs, and sees to those that nobody can work on: unreadable ones, and those that came too late. */
final class Claims {
    private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

    /** In {id, job, fence, attempt, confirmation, reserved}. */
    private static final int FIELDS = 6;
    /** A call looks at up to 500 jobs, most of which may have to wait for their hosts' turns. */
    private static final int MOST_CALLS = 100;

    private final ScriptRunner scripts;
    private final Duration patience;
    private final int batch;
    private final Map<String, CheckJob> examples = new ConcurrentHashMap<>();

    /** @param batch jobs in one call */
    Claims(ScriptRunner scripts, Duration patience, int batch) {
        this.scripts = scripts;
        this.patience = patience;
        this.batch = batch;
    }

    /** Calls until the claim is served, or there is no more to have. */
    Future<List<Lease>> take(Claim claim) {
        return take(claim, claim.most(), claim.onDemand(), List.of(), MOST_CALLS);
    }

    private Future<List<Lease>> take(Claim claim, int most, int onDemand, List<Lease> before, int calls) {
        if (most <= 0 && onDemand <= 0) {
            return Future.succeededFuture(before);
        }
        Future<Taken> call = call(claim, Math.min(Math.max(most, 0), batch), Math.min(Math.max(onDemand, 0), batch));
        Future<List<Lease>> all = call.compose(taken -> {
            List<Lease> leases = Arguments.concat(before, taken.leases());
            boolean enough = taken.count() >= most || !taken.more() || calls == 1;
            return enough ? Future.succeededFuture(leases) : take(claim, most - taken.count(), 0, leases, calls - 1);
        });
        // What was claimed is ours whether or not more can be had.
        return before.isEmpty() ? all : all.otherwise(before);
    }

    /** @param count with those that could not be read, without those on top */
    private record Taken(List<Lease> leases, int count, boolean more) {}

    private Future<Taken> call(Claim claim, int most, int onDemand) {
        List<String> args = List.of(
                claim.owner(),
                String.valueOf(most),
                String.valueOf(onDemand),
                Arguments.millis(claim.lease()),
                interval(claim.pace().perHost()),
                interval(claim.pace().overall()));
        return scripts.run(
                        Script.CLAIM,
                        new Keys(claim.region()),
                        args,
                        patience,
                        late -> handBack(claim.region(), claim.owner(), late))
                .compose(reply -> sort(claim, reply)
                        .map(leases -> new Taken(leases, reply.get(1).toInteger(), Replies.yes(reply.get(0)))));
    }

    /** Between two turns, in ms; 0 if there is no limit. */
    static String interval(double perSecond) {
        return perSecond == 0 ? "0" : String.valueOf(TimeUnit.SECONDS.toMillis(1) / perSecond);
    }

    /** Reads the jobs; what is not a job goes to the dead letters at once, and with it goes the fault. */
    private Future<List<Lease>> sort(Claim claim, Response reply) {
        PackedJob.Reader reader = new PackedJob.Reader(claim.region(), Replies.pairs(reply.get(2)), examples);
        Response claimed = reply.get(3);
        List<Lease> leases = new ArrayList<>(claimed.size() / FIELDS);
        List<Future<Response>> buried = new ArrayList<>();
        for (int i = 0; i < claimed.size(); i += FIELDS) {
            String id = claimed.get(i).toString();
            long fence = claimed.get(i + 2).toLong();
            try {
                CheckJob job = reader.read(
                        id,
                        claimed.get(i + 1).toString(),
                        claimed.get(i + 3).toInteger(),
                        claimed.get(i + 4).toInteger(),
                        orNull(claimed.get(i + 5).toString()));
                leases.add(new Lease(job, claim.owner(), fence));
            } catch (IllegalArgumentException e) {
                buried.add(bury(claim, id, fence, Arguments.bounded(String.valueOf(e.getMessage()))));
            }
        }
        return Future.join(buried).map(leases).otherwise(leases);
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private Future<Response> bury(Claim claim, String id, long fence, String why) {
        LOG.warn("a job that cannot be read goes to the dead letters: {}", why);
        List<String> args = List.of(id, claim.owner(), String.valueOf(fence), why);
        return scripts.run(Script.BURY, new Keys(claim.region()), args, patience);
    }

    /** The caller gave up waiting: without this, nobody would work on these until the reaper came. */
    private void handBack(String region, String owner, Response reply) {
        Response claimed = reply.get(3);
        for (int i = 0; i < claimed.size(); i += FIELDS) {
            List<String> args = List.of(
                    claimed.get(i).toString(),
                    owner,
                    claimed.get(i + 2).toString(),
                    "0",
                    "its claim was answered too late");
            scripts.run(Script.DEFER, new Keys(region), args, patience)
                    .onFailure(e -> LOG.warn("a lease waits for the reaper: {}", e.getMessage()));
        }
    }
}
