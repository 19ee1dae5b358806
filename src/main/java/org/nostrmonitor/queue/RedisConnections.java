package org.nostrmonitor.queue;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;

/** How this monitor talks to Redis: a bounded pool that opens a new connection when one was lost. */
public final class RedisConnections {
    private static final int CONNECTIONS = 8;
    private static final int WAITING = 10_000;
    private static final int CONNECT_TIMEOUT_MS = 2_000;
    /** Also closes a connection whose peer went away without a word, which would else be taken for ever. */
    private static final int IDLE_SECONDS = 60;

    private RedisConnections() {}

    /**
     * A client that connects when it is first used.
     *
     * @param uri {@code redis://[user:password@]host:port[/database]}, or {@code rediss://} for TLS
     */
    public static Redis open(Vertx vertx, String uri) {
        NetClientOptions net = new NetClientOptions()
                .setConnectTimeout(CONNECT_TIMEOUT_MS)
                .setTcpKeepAlive(true)
                .setIdleTimeout(IDLE_SECONDS);
        return new LoggedRedis(Redis.createClient(
                vertx,
                new RedisOptions()
                        .setConnectionString(uri)
                        .setNetClientOptions(net)
                        .setMaxPoolSize(CONNECTIONS)
                        .setMaxPoolWaiting(WAITING)));
    }
}
