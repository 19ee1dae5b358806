package org.nostrmonitor.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.probe.OpenCheckTest.assertFailed;
import static org.nostrmonitor.relay.CheckType.NIP11;
import static org.nostrmonitor.relay.CheckType.OPEN;
import static org.nostrmonitor.relay.CheckType.READ;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Outcome.NotTested;
import org.nostrmonitor.relay.Outcome.Passed;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.Stage;

class NameResolverTest {
    private final ProbeLab lab = new ProbeLab();
    private final FakeDns dns = new FakeDns(lab.vertx);
    private final ScriptedRelay relay = new ScriptedRelay(lab.vertx)
            .onRequest(
                    request -> request.response().end("{\"name\":\"pinned\"}").onFailure(ignored -> {}))
            .start();

    NameResolverTest() {
        lab.asking(dns);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void findsARelayByItsName() {
        dns.name("relay.test", "127.0.0.1");
        CheckReport report = probe("relay.test");
        assertThat(report.open()).isEqualTo(new Passed());
        assertThat(report.address()).isEqualTo("127.0.0.1");
        assertThat(report.phases().dns()).isPositive();
        assertThat(relay.sockets).hasSize(1);
    }

    @Test
    void takesAnUnderscoreInAName() {
        dns.name("my_relay.test", "127.0.0.1");
        assertThat(probe("my_relay.test").open()).isEqualTo(new Passed());
    }

    @Test
    void dialsOnlyThePermittedOfMixedAnswers() {
        dns.name("private-first.test", "10.0.0.1", "127.0.0.1");
        dns.name("private-last.test", "127.0.0.1", "10.0.0.1", "fd00::1");
        assertThat(probe("private-first.test").address()).isEqualTo("127.0.0.1");
        assertThat(probe("private-last.test").address()).isEqualTo("127.0.0.1");
    }

    @Test
    void blocksANameWithPrivateAnswersOnly() {
        dns.name("inside.test", "10.0.0.1", "fd00::1");
        assertThat(probe("inside.test").open())
                .isEqualTo(new NotTested(Reason.BLOCKED, "10.0.0.1 (private), fd00::1 (unique local)"));
    }

    @Test
    void dialsTheAddressThatWasJudgedWhenTheNextLookUpDiffers() {
        dns.changing("rebind.test", List.of("127.0.0.1"), List.of("10.0.0.1"));
        CheckReport report = lab.probe("ws://rebind.test:" + relay.port(), READ, NIP11);
        assertThat(report.open()).isEqualTo(new Passed());
        assertThat(report.nip11()).isEqualTo(new Passed());
        assertThat(report.document()).isEqualTo("{\"name\":\"pinned\"}");
        assertThat(relay.requests.get(0).getHeader("Host")).isEqualTo("rebind.test:" + relay.port());
        assertThat(dns.asked).hasSize(2);
        assertThat(probe("rebind.test").open().reason()).isEqualTo(Reason.BLOCKED);
    }

    @Test
    void usesAnAddressOfTheOtherFamily() {
        ScriptedRelay ipv6 = new ScriptedRelay(lab.vertx).at("::1").start();
        dns.name("six.test", "::1");
        CheckReport report = lab.probe("ws://six.test:" + ipv6.port());
        assertThat(report.open()).isEqualTo(new Passed());
        assertThat(report.address()).isEqualTo("::1");
    }

    @Test
    void namesANameThatDoesNotExist() {
        dns.missing("gone.test");
        assertFailed(probe("gone.test"), Stage.DNS, Reason.DNS_NOT_FOUND);
    }

    @Test
    void namesANameWithoutAnAddress() {
        dns.name("empty.test");
        assertFailed(probe("empty.test"), Stage.DNS, Reason.DNS_NO_ADDRESS);
    }

    @Test
    void namesABrokenNameServer() {
        dns.broken("broken.test");
        assertFailed(probe("broken.test"), Stage.DNS, Reason.DNS_SERVER_FAILURE);
    }

    @Test
    void namesASilentNameServer() {
        lab.waiting(OPEN, 300);
        assertFailed(probe("silent.test"), Stage.DNS, Reason.DNS_TIMEOUT);
    }

    @Test
    void keepsAllAddressesOfBothFamilies() {
        dns.name("both.test", "10.0.0.1", "127.0.0.1", "::1");
        assertThat(probe("both.test").facts().addresses()).containsExactly("127.0.0.1", "::1", "10.0.0.1");
        assertThat(probe("127.0.0.1").facts().addresses()).isEmpty();
    }

    @Test
    void keepsNoMoreThanSixteenAddresses() {
        dns.name(
                "many.test",
                java.util.stream.IntStream.rangeClosed(1, 20)
                        .mapToObj(i -> "127.0.0." + i)
                        .toArray(String[]::new));
        assertThat(probe("many.test").facts().addresses()).hasSize(16);
    }

    @Test
    void doesNotWaitLongForAFamilyThatIsNotAnswered() {
        dns.name("four.test", "127.0.0.1").silentFor("four.test", FakeDns.AAAA);
        dns.name("six.test", "::1").silentFor("six.test", FakeDns.A);
        lab.waiting(OPEN, 2_300);
        assertThat(probe("four.test").open()).isEqualTo(new Passed());
        assertThat(probe("six.test").address()).isEqualTo("::1");
    }

    @Test
    void aFamilyThatIsNotAnsweredMayHaveAnAddress() {
        dns.name("none.test").silentFor("none.test", FakeDns.AAAA);
        lab.waiting(OPEN, 300);
        assertFailed(probe("none.test"), Stage.DNS, Reason.DNS_TIMEOUT);
    }

    @Test
    void asksNobodyForLocalhost() {
        assertThat(probe("localhost").open()).isEqualTo(new Passed());
        assertThat(probe("relay.localhost").open()).isEqualTo(new Passed());
        assertThat(dns.asked).isEmpty();
    }

    private CheckReport probe(String host) {
        return lab.probe("ws://" + host + ":" + relay.port());
    }
}
