package org.nostrmonitor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.bus.Messages.ProbeAnswer;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Network;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayListReader;
import org.nostrmonitor.relay.RelayUrl;

/** All URLs that were seen in the wild, probed as on the first day, with a name server that leads every name into a private network. */
class RelaysSeenTest {
    private static final Path SEEN = Path.of("src/test/resources/relay/relay-urls.txt");
    private static final int AT_A_TIME = 200;

    /** Counted apart from this program, by another's registry of addresses: see the note of the list. */
    private static final int NOT_PUBLIC_LITERALS = 1_389;

    @Test
    void noPacketGoesToThoseThatAreNotPublic() throws IOException {
        Vertx strangers = Vertx.vertx();
        RecordedTransport wire = new RecordedTransport();
        FakeDns dns = new FakeDns(strangers).otherwise(question -> List.of(question.answered("10.0.0.1", "fd00::1")));
        Map<Reason, List<RelayUrl>> byReason = new EnumMap<>(Reason.class);
        Set<InetSocketAddress> publicLiterals = new HashSet<>();
        try (ProbeLab lab = new ProbeLab(wire).asking(dns).allowing()) {
            List<RelayUrl> relays = relays();
            for (int from = 0; from < relays.size(); from += AT_A_TIME) {
                List<Future<ProbeAnswer>> probes =
                        relays.subList(from, Math.min(relays.size(), from + AT_A_TIME)).stream()
                                .map(url -> lab.prober().probe(lab.job(url.value())))
                                .toList();
                for (Future<ProbeAnswer> probe : probes) {
                    CheckReport report = ProbeLab.report(probe);
                    Reason reason = report.open().reason();
                    byReason.computeIfAbsent(reason, any -> new ArrayList<>()).add(report.relay());
                    if (isLiteral(report.relay()) && reason != Reason.BLOCKED) {
                        publicLiterals.add(at(report.relay()));
                    }
                }
            }
        }
        ProbeLab.await(strangers.close());

        List<RelayUrl> blocked = byReason.get(Reason.BLOCKED);
        assertThat(blocked)
                .filteredOn(RelaysSeenTest::isLiteral)
                .filteredOn(url -> !url.host().startsWith("200:"))
                .hasSize(NOT_PUBLIC_LITERALS);
        assertThat(blocked)
                .as("of a mesh, in a block that was given back (RFC 4048)")
                .filteredOn(url -> url.host().startsWith("200:"))
                .hasSize(1);
        assertThat(byReason.get(Reason.NO_PROXY)).hasSize(935).allMatch(url -> url.network() == Network.TOR);
        assertThat(wire.connections)
                .as("public literals, where there is a way to them")
                .isSubsetOf(publicLiterals);
        assertThat(publicLiterals).hasSizeBetween(150, 180);
        assertThat(wire.datagrams).containsOnly(dns.address());
        assertThat(dns.asked).noneMatch(name -> name.endsWith(".onion"));
    }

    private static List<RelayUrl> relays() throws IOException {
        Set<RelayUrl> relays = new HashSet<>();
        try (InputStream in = Files.newInputStream(SEEN)) {
            RelayListReader reader = new RelayListReader(in);
            for (RelayListReader.Line line = reader.next(); line != null; line = reader.next()) {
                if (line instanceof RelayListReader.Accepted accepted) {
                    relays.add(accepted.relay());
                }
            }
        }
        return List.copyOf(relays);
    }

    private static boolean isLiteral(RelayUrl url) {
        return NetUtil.createByteArrayFromIpAddressString(url.host()) != null;
    }

    private static InetSocketAddress at(RelayUrl url) {
        try {
            byte[] address = NetUtil.createByteArrayFromIpAddressString(url.host());
            return new InetSocketAddress(InetAddress.getByAddress(address), url.port());
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
