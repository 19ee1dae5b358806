package org.nostrmonitor.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.CheckType;
import org.nostrmonitor.relay.RelayUrl;

/**
 * Everything an operator can set. Each part stands beside its default; no file at all is a good configuration.
 *
 * @param roles what this node does
 * @param region the name of the queue that this node's worker serves: 1 to 32 of {@code a-z 0-9 -}
 * @param dataDirectory where embedded PostgreSQL and Redis and the key live
 * @param postgres null for the embedded one
 * @param redis null for the embedded one
 */
public record MonitorConfig(
        Set<Role> roles,
        String region,
        Path dataDirectory,
        @Nullable Postgres postgres,
        @Nullable Redis redis,
        Identity monitor,
        Schedule schedule,
        Relays relays,
        Checks checks,
        Publish publish,
        Discovery discovery,
        Network network,
        Geo geo,
        RateLimits rateLimits,
        Retention retention,
        Worker worker,
        Http http,
        Cluster cluster) {

    public static final MonitorConfig DEFAULT = new MonitorConfig(
            Set.of(Role.values()),
            "local",
            Path.of("data"),
            null,
            null,
            Identity.DEFAULT,
            Schedule.DEFAULT,
            Relays.DEFAULT,
            Checks.DEFAULT,
            Publish.DEFAULT,
            Discovery.DEFAULT,
            Network.DEFAULT,
            Geo.DEFAULT,
            RateLimits.DEFAULT,
            Retention.DEFAULT,
            Worker.DEFAULT,
            Http.DEFAULT,
            Cluster.DEFAULT);

    public MonitorConfig {
        roles = Set.copyOf(roles);
    }

    /** @param uri {@code postgresql://user:password@host:port/database}; a secret: never printed */
    public record Postgres(String uri) {
        @Override
        public String toString() {
            return "Postgres[uri=(secret)]";
        }
    }

    /** @param uri {@code redis://[user:password@]host:port[/database]}; a secret: never printed */
    public record Redis(String uri) {
        @Override
        public String toString() {
            return "Redis[uri=(secret)]";
        }
    }

    /**
     * When relays are checked.
     *
     * @param cron five fields (Unix cron), UTC
     * @param longestBackOff a relay that stays offline is checked less and less often, but at least so often
     */
    public record Schedule(String cron, Duration longestBackOff) {
        static final Schedule DEFAULT = new Schedule("*/15 * * * *", Duration.ofHours(6));
    }

    /**
     * Where relay URLs come from, on every start; what is known stays known.
     *
     * @param builtin whether the list in the jar is used
     */
    public record Relays(List<String> urls, List<Path> files, boolean builtin) {
        static final Relays DEFAULT = new Relays(List.of(), List.of(), true);

        public Relays {
            urls = List.copyOf(urls);
            files = List.copyOf(files);
        }
    }

    /** The checks and how long each may take. */
    public record Checks(Check open, Check read, Check write, Check nip11, Check capabilities) {
        static final Checks DEFAULT = new Checks(
                new Check(true, Duration.ofSeconds(10), Duration.ZERO),
                new Check(true, Duration.ofSeconds(10), Duration.ZERO),
                new Check(true, Duration.ofSeconds(10), Duration.ofHours(4)),
                new Check(true, Duration.ofSeconds(10), Duration.ZERO),
                new Check(true, Duration.ofSeconds(15), Duration.ofDays(1)));

        public Check of(CheckType type) {
            return switch (type) {
                case OPEN -> open;
                case READ -> read;
                case WRITE -> write;
                case NIP11 -> nip11;
                case CAPABILITIES -> capabilities;
            };
        }
    }

    /**
     * One check.
     *
     * @param enabled false never makes it; {@code open} cannot be disabled
     * @param timeout how long it may take, 100 ms to 60 s
     * @param every the least time between two of them for one relay; zero for every cycle
     */
    public record Check(boolean enabled, Duration timeout, Duration every) {}

    /** @param relays who gets the events; empty sends nothing to anybody */
    public record Publish(List<RelayUrl> relays) {
        static final Publish DEFAULT = new Publish(List.of());

        public Publish {
            relays = List.copyOf(relays);
        }
    }

    /**
     * How relays are reached.
     *
     * @param allowAddresses CIDR blocks of special-purpose addresses that may be dialled all the same
     * @param dnsServers {@code address:port} each; empty for those of the system
     * @param trustedCertificates PEM files of further issuers for relays
     * @param proxies by network label ({@code tor i2p loki}), {@code socks5://host:port}
     */
    public record Network(
            List<String> allowAddresses,
            List<String> dnsServers,
            List<Path> trustedCertificates,
            Map<String, String> proxies) {
        static final Network DEFAULT = new Network(List.of(), List.of(), List.of(), Map.of());

        public Network {
            allowAddresses = List.copyOf(allowAddresses);
            dnsServers = List.copyOf(dnsServers);
            trustedCertificates = List.copyOf(trustedCertificates);
            proxies = Map.copyOf(proxies);
        }
    }

    /**
     * @param files MaxMind DB files that say where addresses are; empty tells no places
     * @param anycastAsns networks whose addresses are in many places at once: nothing of theirs is located
     */
    public record Geo(List<Path> files, List<Long> anycastAsns) {
        /** Cloudflare and its Spectrum, Fastly, Imperva, Sucuri, Fly.io, DDoS-Guard: one address, served wherever one is. */
        static final Geo DEFAULT =
                new Geo(List.of(), List.of(13_335L, 209_242L, 54_113L, 19_551L, 30_148L, 40_509L, 57_724L));

        public Geo {
            files = List.copyOf(files);
            anycastAsns = List.copyOf(anycastAsns);
        }
    }

    /**
     * Probes a second, of a region, 0 for no limit; and how many URLs of one host are planned in a cycle.
     *
     * @param perHost by host name
     * @param perAddress by IP address
     * @param perNetwork by /24 of IPv4 or /48 of IPv6
     * @param global over all
     * @param urlsPerHost at most so many relays of one host in a cycle
     */
    public record RateLimits(double perHost, double perAddress, double perNetwork, double global, int urlsPerHost) {
        static final RateLimits DEFAULT = new RateLimits(1, 5, 20, 500, 20);
    }

    /**
     * How many days of the past are kept.
     *
     * @param resultDays each single result
     * @param hourlyDays the figures of each hour; at least two weeks, of which the figures of days are made
     * @param dailyDays the figures of each day, and incidents; 0 for ever
     */
    public record Retention(int resultDays, int hourlyDays, int dailyDays) {
        public static final int LEAST_HOURLY_DAYS = 14;
        static final Retention DEFAULT = new Retention(14, 30, 0);
    }

    /** @param concurrency probes at the same time on this node, 1 to 10000 */
    public record Worker(int concurrency) {
        static final Worker DEFAULT = new Worker(1000);
    }

    /**
     * Where the pages are served.
     *
     * @param port 0 for any free one
     * @param adminTokenFile the file of the bearer token for admin routes; null turns them off
     * @param requestsPerSecond of one address, or of one /64 of IPv6
     * @param unlimitedAddresses blocks in CIDR notation for which that does not hold
     */
    public record Http(
            String host,
            int port,
            @Nullable Path adminTokenFile,
            double requestsPerSecond,
            List<String> unlimitedAddresses) {
        static final Http DEFAULT = new Http("127.0.0.1", 8080, null);

        public Http {
            unlimitedAddresses = List.copyOf(unlimitedAddresses);
        }

        /** With the usual limits: this machine has none. */
        public Http(String host, int port, @Nullable Path adminTokenFile) {
            this(host, port, adminTokenFile, 20, List.of("127.0.0.0/8", "::1/128"));
        }
    }

    /**
     * The event bus between nodes, with {@code -cluster}.
     *
     * @param host the address that other nodes reach this one at
     * @param port where the cluster manager listens
     * @param members {@code host:port} of the others
     */
    public record Cluster(String host, int port, List<String> members) {
        static final Cluster DEFAULT = new Cluster("127.0.0.1", 5701, List.of());

        public Cluster {
            members = List.copyOf(members);
        }
    }
}
