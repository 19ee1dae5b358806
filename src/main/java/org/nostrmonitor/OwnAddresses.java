package org.nostrmonitor;

import io.vertx.core.internal.VertxInternal;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.core.spi.cluster.NodeInfo;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.config.MonitorConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where this node, its databases and its event bus listen: a relay that is said to be there is none, and is not dialled. */
final class OwnAddresses {
    private static final Logger log = LoggerFactory.getLogger(OwnAddresses.class);
    private static final int POSTGRES_PORT = 5432;
    private static final int REDIS_PORT = 6379;

    private final Set<InetSocketAddress> found = new LinkedHashSet<>();

    private OwnAddresses() {}

    /**
     * Blocks: looks host names up.
     *
     * @param httpPort where the pages are served
     */
    static Set<InetSocketAddress> of(Parts parts, int httpPort) {
        ClusterManager cluster = ((VertxInternal) parts.vertx()).clusterManager();
        return of(
                parts.config(),
                httpPort,
                parts.foundations().postgresAt(),
                parts.foundations().redisAt(),
                cluster == null ? null : cluster.getNodeInfo());
    }

    /**
     * The same from what was made of the parts.
     *
     * @param postgresAt {@code host:port}, the port -1 for the usual one; so too {@code redisAt}
     * @param bus where the event bus listens; null without a cluster
     */
    static Set<InetSocketAddress> of(
            MonitorConfig config, int httpPort, String postgresAt, String redisAt, @Nullable NodeInfo bus) {
        OwnAddresses own = new OwnAddresses();
        own.addAll(config.http().host(), httpPort);
        own.add(postgresAt, POSTGRES_PORT);
        own.add(redisAt, REDIS_PORT);
        if (bus != null) {
            own.addAll(bus.host(), bus.port());
            own.addAll(config.cluster().host(), bus.port());
            own.addAll(config.cluster().host(), config.cluster().port());
        }
        return own.found;
    }

    private void add(String hostAndPort, int usualPort) {
        int colon = hostAndPort.lastIndexOf(':');
        int port = Integer.parseInt(hostAndPort, colon + 1, hostAndPort.length(), 10);
        addAll(hostAndPort.substring(0, colon), port < 0 ? usualPort : port);
    }

    /** A name that leads nowhere now would not have been listened on or connected to. */
    private void addAll(String host, int port) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                found.add(new InetSocketAddress(address, port));
            }
        } catch (UnknownHostException e) {
            log.warn("Probes may go to {}:{}: the name was not found", host, port);
        }
    }
}
