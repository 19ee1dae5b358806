package org.nostrmonitor.simulator;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A network of relays on loopback that behave as their names say, and a target relay to publish to. One plain and one TLS
 * port serve all relays, told apart by Host header and SNI.
 */
public final class SimulatedNetwork {
    private final List<SimulatedRelay> relays;
    private final TargetRelay target;
    private final NetworkFiles files;
    private final RelayNames.Ports ports;
    private final Deque<Supplier<Future<Void>>> opened;

    SimulatedNetwork(
            List<SimulatedRelay> relays,
            TargetRelay target,
            NetworkFiles files,
            RelayNames.Ports ports,
            Deque<Supplier<Future<Void>>> opened) {
        this.relays = relays;
        this.target = target;
        this.files = files;
        this.ports = ports;
        this.opened = new ArrayDeque<>(opened);
    }

    /**
     * What a network is like.
     *
     * @param relays how many, 1 to 100,000; from 20 on every common behaviour is among them, from 100 on every one
     * @param seed the same seed gives the same relays
     * @param port the plain port; TLS gets the next one and the target the one after; 0 for any free ones
     * @param directory where its files are written
     * @param latencyScale factor on the usual latencies, 0 to 100; 0 for none
     */
    public record Options(int relays, long seed, int port, Path directory, double latencyScale) {
        public Options {
            require(relays >= 1 && relays <= 100_000, "relays: 1 to 100000, not " + relays);
            require(port >= 0 && port <= 65_533, "port: 0 to 65533, not " + port);
            require(latencyScale >= 0 && latencyScale <= 100, "latencyScale: 0 to 100, not " + latencyScale);
        }

        /** Any free ports, usual latencies. */
        public static Options of(int relays, long seed, Path directory) {
            return new Options(relays, seed, 0, directory, 1);
        }

        /** The same with other latencies. */
        public Options withLatencyScale(double scale) {
            return new Options(relays, seed, port, directory, scale);
        }

        int portPlus(int more) {
            return port == 0 ? 0 : port + more;
        }

        private static void require(boolean fine, String otherwise) {
            if (!fine) {
                throw new IllegalArgumentException(otherwise);
            }
        }
    }

    /**
     * Starts a network by the system's clock.
     *
     * @return completes when everything listens and the files are written; fails, with nothing left open, if a port is taken
     *     or a file cannot be written
     */
    public static Future<SimulatedNetwork> start(Vertx vertx, Options options) {
        return start(vertx, options, InstantSource.system());
    }

    /** The same by another clock: it dates events and certificates and judges those of others. */
    public static Future<SimulatedNetwork> start(Vertx vertx, Options options, InstantSource clock) {
        return new NetworkStart(vertx, options, clock).start();
    }

    /** All of them, in the order of the list of URLs. */
    public List<SimulatedRelay> relays() {
        return relays;
    }

    /** How many there are of each behaviour. */
    public Map<Behaviour, Integer> counts() {
        Map<Behaviour, Integer> counts = new EnumMap<>(Behaviour.class);
        relays.forEach(relay -> counts.merge(relay.behaviour(), 1, Integer::sum));
        return counts;
    }

    /** Where a monitor may publish. */
    public TargetRelay target() {
        return target;
    }

    /** {@code ca.pem}: the issuer to trust. */
    public Path authorityPem() {
        return files.authority();
    }

    /** {@code config.json}: a configuration for a monitor of this network. */
    public Path config() {
        return files.config();
    }

    /** {@code relays.txt}: one URL a line. */
    public Path relayList() {
        return files.relays();
    }

    /** {@code expected.ndjson}: the truth, one relay a line. */
    public Path expected() {
        return files.expected();
    }

    /** Where {@code ws://} relays listen. */
    public int plainPort() {
        return ports.plain();
    }

    /** Where {@code wss://} relays listen. */
    public int tlsPort() {
        return ports.tls();
    }

    /** Closes every port and connection; the files stay. Completes when all are closed; a second call does nothing. */
    public Future<Void> stop() {
        return NetworkStart.closeAll(opened);
    }
}
