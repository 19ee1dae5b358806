package org.nostrmonitor.queue;

import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.nostrmonitor.relay.CheckJob;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes jobs, and sees to those that nobody can work on: unreadable ones, and those that came too late. */
final class Claims {
    private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

    private final ScriptRunner scripts;
    private final Duration patience;

    Claims(ScriptRunner scripts, Duration patience) {
        this.scripts = scripts;
        this.patience = patience;
    }

    /** @param redisHasNoMore fewer jobs were due than asked for */
    record Taken(List<Lease> leases, boolean redisHasNoMore) {}

    /** One call of the script: up to {@code most} jobs, less those that cannot be read. */
    Future<Taken> take(String region, String owner, int most, Duration lease) {
        List<String> args = List.of(owner, String.valueOf(most), Arguments.millis(lease));
        return scripts.run(Script.CLAIM, new Keys(region), args, patience, late -> handBack(region, owner, late))
                .compose(claimed ->
                        sort(region, owner, claimed).map(leases -> new Taken(leases, claimed.size() < most)));
    }

    /** Reads the jobs; what is not a job goes to the dead letters at once, and with it goes the fault. */
    private Future<List<Lease>> sort(String region, String owner, Response claimed) {
        List<Lease> leases = new ArrayList<>(claimed.size());
        List<Future<Response>> buried = new ArrayList<>();
        for (Response one : claimed) {
            String id = one.get(0).toString();
            long fence = one.get(2).toLong();
            try {
                CheckJob job = Payload.read(id, one.get(1).toString());
                leases.add(new Lease(job.withAttempt(one.get(3).toInteger()), owner, fence));
            } catch (IllegalArgumentException e) {
                buried.add(bury(region, id, owner, fence, Arguments.bounded(String.valueOf(e.getMessage()))));
            }
        }
        return Future.join(buried).map(leases).otherwise(leases);
    }

    private Future<Response> bury(String region, String id, String owner, long fence, String why) {
        LOG.warn("a job that cannot be read goes to the dead letters: {}", why);
        return scripts.run(Script.BURY, new Keys(region), List.of(id, owner, String.valueOf(fence), why), patience);
    }

    /** The caller gave up waiting: without this, nobody would work on these until the reaper came. */
    private void handBack(String region, String owner, Response claimed) {
        for (Response one : claimed) {
            List<String> args = List.of(
                    one.get(0).toString(), owner, one.get(2).toString(), "0", "its claim was answered too late");
            scripts.run(Script.DEFER, new Keys(region), args, patience)
                    .onFailure(e -> LOG.warn("a lease waits for the reaper: {}", e.getMessage()));
        }
    }
}
