package org.nostrmonitor.queue;

import io.vertx.core.Future;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Response;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Turns to dial an address, shared by all workers of a region through Redis. */
public final class RedisAddressLimits implements AddressLimits {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int NETWORK_BYTES_4 = 3;
    private static final int NETWORK_BYTES_6 = 6;
    private static final int MAPPED_PREFIX = 12;

    private final ScriptRunner scripts;
    private final Keys keys;
    private final Pace pace;

    /**
     * @param redis from {@link RedisConnections}; stays the caller's to close
     * @param pace of which {@code perAddress} and {@code perNetwork} count
     */
    public RedisAddressLimits(Redis redis, String region, Pace pace) {
        this.scripts = new ScriptRunner(redis);
        this.keys = new Keys(region);
        this.pace = pace;
    }

    @Override
    public Future<Duration> turn(InetAddress address) {
        byte[] bytes = unmapped(address);
        List<String> args = new ArrayList<>(List.of(Long.toString(HORIZON.toMillis())));
        add(args, "address ", bytes, bytes.length, pace.perAddress());
        add(args, "network ", bytes, bytes.length == 4 ? NETWORK_BYTES_4 : NETWORK_BYTES_6, pace.perNetwork());
        return args.size() == 1
                ? Future.succeededFuture(Duration.ZERO)
                : scripts.run(Script.TURN, keys, args, PATIENCE)
                        .map(Response::toLong)
                        .map(Duration::ofMillis);
    }

    /** The space keeps it apart from host names, which have a rate in the same table. */
    private static void add(List<String> args, String kind, byte[] bytes, int length, double perSecond) {
        if (perSecond > 0) {
            args.add(kind + HexFormat.of().formatHex(bytes, 0, length));
            args.add(Claims.interval(perSecond));
        }
    }

    /** An IPv4 address is the same server when it is written in IPv6: {@code ::ffff:1.2.3.4} (RFC 4291 §2.5.5.2). */
    private static byte[] unmapped(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean mapped = address instanceof Inet6Address
                && bytes[10] == -1
                && bytes[11] == -1
                && Arrays.equals(bytes, 0, 10, new byte[10], 0, 10);
        return mapped ? Arrays.copyOfRange(bytes, MAPPED_PREFIX, bytes.length) : bytes;
    }
}
