package org.nostrmonitor.queue;

import io.vertx.redis.client.Command;
import java.time.Instant;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.testing.RealRedis;

/** Makes Redis forget a single job, as no transition of the queue ever does. */
public final class LostJobs {
    private LostJobs() {}

    /** Removes a leased job from everywhere. */
    public static void lose(RealRedis redis, String region, Instant cycle, RelayUrl relay) {
        Keys keys = new Keys(region);
        String name = Names.of(cycle) + ' ' + Names.of(relay);
        redis.command(Command.ZREM, keys.leased(), name);
        redis.command(Command.HDEL, keys.notes(), name);
        redis.command(Command.HDEL, keys.jobs(cycle), Names.of(relay));
    }
}
