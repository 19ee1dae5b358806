package org.nostrmonitor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.NetUtil;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Outcome.NotTested;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Stage;

class WaysTest {
    private static final Destination IPV6 = at("2001:db9::1", "2001:db9::2");
    private static final Destination BOTH = at("203.0.112.1", "2001:db9::1");

    private final AtomicLong now = new AtomicLong();
    private final Ways ways = new Ways(now::get);

    @Test
    void aSilentIpv6IsDoubtedUntilSomebodyAnswersOverIpv6() {
        assertThat(judged(IPV6, Reason.TCP_TIMEOUT))
                .isEqualTo(new NotTested(
                        Reason.NO_ROUTE, "tcp_timeout, and nothing else was reached over IPv6 in the last 10 minutes"));
        assertThat(judged(IPV6, Reason.TCP_UNREACHABLE).reason()).isEqualTo(Reason.NO_ROUTE);
        ways.worked(Way.IPV6);
        assertThat(judged(IPV6, Reason.TCP_TIMEOUT).reason()).isEqualTo(Reason.TCP_TIMEOUT);
        assertThat(judged(IPV6, Reason.TCP_UNREACHABLE).reason()).isEqualTo(Reason.TCP_UNREACHABLE);
    }

    @Test
    void aRefusalIsAnAnswer() {
        assertThat(judged(IPV6, Reason.TCP_REFUSED).reason()).isEqualTo(Reason.TCP_REFUSED);
        assertThat(judged(IPV6, Reason.TCP_TIMEOUT).reason()).isEqualTo(Reason.TCP_TIMEOUT);
    }

    @Test
    void whatWorkedLongAgoProvesNothing() {
        ways.worked(Way.IPV6);
        now.addAndGet(Duration.ofMinutes(10).toNanos() - 1);
        assertThat(judged(IPV6, Reason.TCP_TIMEOUT).reason()).isEqualTo(Reason.TCP_TIMEOUT);
        now.incrementAndGet();
        assertThat(judged(IPV6, Reason.TCP_TIMEOUT).reason()).isEqualTo(Reason.NO_ROUTE);
    }

    @Test
    void oneWayProvesNothingForAnother() {
        ways.worked(Way.TOR);
        assertThat(judged(IPV6, Reason.TCP_TIMEOUT).reason()).isEqualTo(Reason.NO_ROUTE);
    }

    @Test
    void aRelayWithIpv4AndThisMachineItselfNeedNoProof() {
        assertThat(judged(BOTH, Reason.TCP_TIMEOUT).reason()).isEqualTo(Reason.TCP_TIMEOUT);
        assertThat(judged(at("::1"), Reason.TCP_TIMEOUT).reason()).isEqualTo(Reason.TCP_TIMEOUT);
    }

    @Test
    void theWayToAHiddenServiceIsItsNetwork() {
        SocketAddress proxy = SocketAddress.inetSocketAddress(9050, "127.0.0.1");
        assertThat(Way.to(Destination.through(proxy, RelayUrl.of("ws://abcdef.onion"))))
                .isEqualTo(Way.TOR);
        assertThat(Way.to(Destination.through(proxy, RelayUrl.of("ws://abcdef.i2p"))))
                .isEqualTo(Way.I2P);
        assertThat(Way.to(Destination.through(proxy, RelayUrl.of("ws://abcdef.loki"))))
                .isEqualTo(Way.LOKI);
    }

    private Outcome judged(Destination destination, Reason reason) {
        return ((Fault) ways.judged(destination, new Fault(Stage.TCP, reason, ""))).outcome();
    }

    private static Destination at(String... addresses) {
        return Destination.at(
                RelayUrl.of("wss://relay.example"),
                Arrays.stream(addresses).map(WaysTest::address).toList());
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString(text));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
