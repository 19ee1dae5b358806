package org.nostrmonitor.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.probe.OpenCheckTest.assertFailed;
import static org.nostrmonitor.relay.CheckType.NIP11;
import static org.nostrmonitor.relay.CheckType.READ;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.InvalidRelayUrl;
import org.nostrmonitor.relay.Network;
import org.nostrmonitor.relay.Outcome.NotTested;
import org.nostrmonitor.relay.Outcome.Passed;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Stage;

/**
 * No packet to where none may go, counted where packets are sent and where they would arrive. In these tests 127.0.0.1 stands for
 * the public network where it is opened, and 127.0.0.2 for the network that is not.
 */
class HostileAddressesTest {
    private static final String PUBLIC = "127.0.0.1";
    private static final String PRIVATE = "127.0.0.2";

    /** Each block of the row, and each way to write an IPv4 address of them in IPv6. */
    private static final List<String> NOT_PUBLIC = List.of(
            "127.0.0.1",
            "127.255.255.254",
            "10.0.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "100.127.255.255",
            "224.0.0.1",
            "239.255.255.250",
            "0.0.0.0",
            "240.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "198.19.255.255",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd12:3456::1",
            "fec0::1",
            "ff02::1",
            "2001:2::1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::7f00:1",
            "2002:7f00:1::1",
            "2002:a00:1::1",
            "2001:0:7f00:1::1",
            "::7f00:1");

    private final Vertx strangers = Vertx.vertx();
    private final RecordedTransport wire = new RecordedTransport();
    private final ProbeLab lab = new ProbeLab(wire);
    private final FakeDns dns = new FakeDns(strangers);
    private final ScriptedRelay relay = new ScriptedRelay(strangers);

    HostileAddressesTest() {
        lab.asking(dns).allowing(PUBLIC + "/32");
    }

    @AfterEach
    void close() {
        lab.close();
        ProbeLab.await(strangers.close());
    }

    @Test
    @DisplayName(
            "loopback, RFC 1918, link-local, 169.254.169.254, CGNAT, ULA, multicast, 0.0.0.0, 240/4, benchmarking; "
                    + "IPv4-mapped, NAT64, 6to4, Teredo, IPv4-compatible; as literal, as A and as AAAA")
    void whatIsNotPublicIsBlockedAsLiteralAsAAndAsAaaa() {
        lab.allowing();
        RawServer ipv4 = RawServer.accepting(strangers, socket -> {});
        RawServer ipv6 = RawServer.trap(strangers, "::1", ipv4.port());
        for (int i = 0; i < NOT_PUBLIC.size(); i++) {
            String address = NOT_PUBLIC.get(i);
            dns.name("n" + i + ".test", address);
            assertBlocked("ws://" + (address.indexOf(':') < 0 ? address : "[" + address + "]") + ":" + ipv4.port());
            assertBlocked("ws://n" + i + ".test:" + ipv4.port());
        }
        assertThat(wire.connections).isEmpty();
        assertThat(wire.datagrams).hasSize(2 * NOT_PUBLIC.size()).containsOnly(dns.address());
        assertThat(ipv4.connections).isEmpty();
        assertThat(ipv6.connections).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.1",
                "2130706433",
                "0177.0.0.1",
                "0x7f.1",
                "0x7f000001",
                "127.0.0.1.",
                "①②⑦.⓪.⓪.①",
                "１２７。０。０。１",
                "127.0.0.⒈",
                "[::ffff:7f00:1]",
                "localhost",
                "LOCALHOST.",
                "a.localhost",
            })
    @DisplayName("127.1, 2130706433, 0177.0.0.1, 0x7f.1, and ①②⑦.⓪.⓪.① (becomes 127.0.0.1 after IDN)")
    void otherWaysToWriteLoopbackAreRejectedOrBlocked(String host) {
        lab.allowing();
        RawServer trap = RawServer.accepting(strangers, socket -> {});
        try {
            RelayUrl url = RelayUrl.parse("ws://" + host + ":" + trap.port());
            assertBlocked(url.value());
        } catch (InvalidRelayUrl rejected) {
            assertThat(rejected.why()).contains("a number");
        }
        assertThat(wire.connections).isEmpty();
        assertThat(wire.datagrams).isEmpty();
        assertThat(trap.connections).isEmpty();
    }

    @Test
    @DisplayName("a name with one public and one private answer, both orders")
    void ofANameWithAPublicAndAPrivateAnswerOnlyThePublicOneIsDialled() {
        relay.start();
        RawServer trap = RawServer.trap(strangers, PRIVATE, relay.port());
        RawServer ipv6 = RawServer.trap(strangers, "::1", relay.port());
        dns.name("public-first.test", PUBLIC, PRIVATE, "::1");
        dns.name("private-first.test", PRIVATE, "::1", PUBLIC);
        for (String name : List.of("public-first.test", "private-first.test")) {
            CheckReport report = lab.probe("ws://" + name + ":" + relay.port(), READ, NIP11);
            assertThat(report.open()).isEqualTo(new Passed());
            assertThat(report.address()).isEqualTo(PUBLIC);
        }
        assertThat(wire.connections).hasSize(4).containsOnly(at(PUBLIC, relay.port()));
        assertThat(trap.connections).isEmpty();
        assertThat(ipv6.connections).isEmpty();
    }

    /** Where nobody listens, the next address would be tried. */
    @Test
    void aDeadPublicAnswerDoesNotLeadToThePrivateOne() {
        RawServer trap = RawServer.trap(strangers, PRIVATE, 0);
        dns.name("public-first.test", PUBLIC, PRIVATE);
        dns.name("private-first.test", PRIVATE, PUBLIC);
        for (String name : List.of("public-first.test", "private-first.test")) {
            assertFailed(lab.probe("ws://" + name + ":" + trap.port()), Stage.TCP, Reason.TCP_REFUSED);
        }
        assertThat(wire.connections).hasSize(2).containsOnly(at(PUBLIC, trap.port()));
        assertThat(trap.connections).isEmpty();
    }

    @Test
    @DisplayName("rebinding: public at the first look-up, loopback at the second")
    void theAddressDialledIsTheOneThatWasJudgedWhenTheNameIsBoundAnew() {
        relay.onRequest(request -> {
                    if (request.path().equals("/there")) {
                        end(request, "{\"name\":\"there\"}");
                    } else {
                        redirect(request, "http://rebind.test:" + relay.port() + "/there");
                    }
                })
                .start();
        RawServer trap = RawServer.trap(strangers, PRIVATE, relay.port());
        dns.changing("rebind.test", List.of(PUBLIC), List.of(PRIVATE));

        CheckReport report = lab.probe("ws://rebind.test:" + relay.port(), READ, NIP11);

        assertThat(report.read().passed()).isTrue();
        assertThat(report.nip11()).isEqualTo(new Passed());
        assertThat(report.document()).isEqualTo("{\"name\":\"there\"}");
        assertThat(dns.asked).as("one look-up of both families").hasSize(2);
        assertThat(wire.connections)
                .as("WebSocket, NIP-11, redirect")
                .hasSize(3)
                .containsOnly(at(PUBLIC, relay.port()));
        assertBlocked("ws://rebind.test:" + relay.port());
        assertThat(wire.connections).hasSize(3);
        assertThat(trap.connections).isEmpty();
    }

    @Test
    @DisplayName("our own API, Redis, PostgreSQL")
    void ourOwnSocketsAreBlockedInABlockThatIsOpened() {
        RawServer own = RawServer.accepting(strangers, socket -> {});
        lab.allowing("127.0.0.0/8", "::1/128").refusing(at(PUBLIC, own.port()));
        dns.name("ours.test", PUBLIC, "::1");
        dns.name("ours-only.test", PUBLIC);

        assertThat(lab.probe("ws://127.0.0.1:" + own.port(), READ, NIP11).open())
                .isEqualTo(new NotTested(Reason.BLOCKED, "127.0.0.1 (our own port " + own.port() + ")"));
        assertBlocked("ws://ours-only.test:" + own.port());
        assertFailed(lab.probe("ws://ours.test:" + own.port()), Stage.TCP, Reason.TCP_REFUSED);
        assertThat(wire.connections).containsExactly(at("::1", own.port()));
        assertThat(own.connections).isEmpty();
    }

    @Test
    void aSocketOfOursOnAllAddressesIsBlockedAtEachOfThem() {
        RawServer own = RawServer.trap(strangers, "0.0.0.0", 0);
        lab.allowing("0.0.0.0/0", "::/0").refusing(at("0.0.0.0", own.port()));
        for (String host : List.of("127.0.0.1", "127.8.8.8", "0.0.0.0", "[::1]", "[::]", "localhost")) {
            assertBlocked("ws://" + host + ":" + own.port());
        }
        assertThat(wire.connections).isEmpty();
        assertThat(own.connections).isEmpty();
    }

    /** The redirect keeps to the address that was judged, and comes to a port where it is ours. */
    @Test
    void aRedirectToAPortOfOursOnTheSameHostIsBlocked() {
        relay.onRequest(request -> redirect(request, "http://127.0.0.1/")).start();
        lab.refusing(at(PUBLIC, 80));
        CheckReport report = lab.probe(relay.ws(), NIP11);
        assertThat(report.nip11().reason()).isEqualTo(Reason.REDIRECT_BLOCKED);
        assertThat(wire.connections).hasSize(2).containsOnly(at(PUBLIC, relay.port()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.2:PORT/",
                "//127.0.0.2:PORT/",
                "http://inside.test:PORT/",
                "http://[::ffff:127.0.0.2]:PORT/",
                "http://localhost.loki/",
                "http://127.2:PORT/",
                "file:///etc/passwd",
                "gopher://127.0.0.2:PORT/_INFO",
                "ws://127.0.0.2:PORT/",
                "http://127.0.0.1:6379/",
                "http://127.0.0.1:22/",
                "http://127.0.0.1:OTHER/",
            })
    @DisplayName("NIP-11 redirect to a private address, to file:, to another port")
    void aRedirectToWhereNoProbeGoesIsBlocked(String location) {
        RawServer other = RawServer.accepting(strangers, socket -> {});
        relay.onRequest(request -> redirect(
                        request,
                        location.replace("PORT", Integer.toString(relay.port()))
                                .replace("OTHER", Integer.toString(other.port()))))
                .start();
        RawServer trap = RawServer.trap(strangers, PRIVATE, relay.port());
        dns.name("inside.test", PRIVATE);
        lab.through(Network.LOKI, other.port());
        CheckReport report = lab.probe(relay.ws(), NIP11);
        assertThat(report.nip11().reason()).isEqualTo(Reason.REDIRECT_BLOCKED);
        assertThat(wire.connections).hasSize(2).containsOnly(at(PUBLIC, relay.port()));
        assertThat(trap.connections).isEmpty();
        assertThat(other.connections).isEmpty();
    }

    @Test
    @DisplayName("NIP-11 redirect in a loop")
    void aRedirectInALoopEndsAfterThree() {
        relay.onRequest(request -> redirect(request, request.path().equals("/a") ? "/b" : "/a"))
                .start();
        CheckReport report = lab.probe(relay.ws(), NIP11);
        assertThat(report.nip11().reason()).isEqualTo(Reason.REDIRECT_BLOCKED);
        assertThat(relay.requests).hasSize(4);
        assertThat(wire.connections).hasSize(5);
    }

    @Test
    @DisplayName(
            "user info, fragment, port 0, 22, 99999, %00, CRLF, a space, a comma list, nested schemes (wss://https://x), "
                    + "trailing dot, upper case, :443, IDN, underscore")
    void whateverIsWrittenIsTheSameRelayOrRejected() {
        relay.start();
        String port = ":" + relay.port();
        dns.name("my_relay.xn--bcher-kva.test", PUBLIC);
        String canonical = "ws://my_relay.xn--bcher-kva.test" + port + "/a";
        List<String> reports = new ArrayList<>();
        for (String written : List.of(
                canonical,
                "WS://My_Relay.BÜCHER.Test" + port + "/a",
                "ws://my_relay.bücher.test." + port + "/a#fragment",
                "ws://my_relay.bu\u0308cher.test" + port + "/%61",
                "ws://my_relay。bücher。test" + port + "/./b/../a",
                " ws://my_relay.xn--BCHER-kva.test" + port + "/a ")) {
            reports.add(lab.probe(written).relay().value());
        }
        assertThat(reports).hasSize(6).containsOnly(canonical);
        assertThat(wire.connections).hasSize(6).containsOnly(at(PUBLIC, relay.port()));
        for (String written : List.of(
                "ws://user@127.0.0.1" + port,
                "ws://127.0.0.1:0",
                "ws://127.0.0.1:22",
                "ws://127.0.0.1:99999",
                "ws://127.0.0.1" + port + "/%00",
                "ws://127.0.0.1" + port + "/\r\nX: y",
                "ws://127.0.0.1" + port + "/ x",
                "ws://127.0.0.1" + port + ",ws://127.0.0.1" + port,
                "ws://http://127.0.0.1" + port,
                "ws://stra\u00dfe.test")) {
            assertThat(canonical(written)).as(written).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ws://localhost.loki", "ws://a.localhost.loki", "ws://localhost.onion", "ws://LOCALHOST.i2p"})
    void theMachineOfAProxyIsNoRelay(String url) {
        SocksServer proxy = new SocksServer(strangers, relay.start().port());
        for (Network network : List.of(Network.TOR, Network.I2P, Network.LOKI)) {
            lab.through(network, proxy.port());
        }
        assertBlocked(url);
        assertThat(wire.connections).isEmpty();
        assertThat(lab.probe("ws://relay.loki").open()).isEqualTo(new Passed());
        assertThat(proxy.asked).containsExactly("relay.loki:80");
    }

    private void assertBlocked(String url) {
        assertThat(lab.probe(url, READ, NIP11).open().reason()).as(url).isEqualTo(Reason.BLOCKED);
    }

    private static String canonical(String written) {
        try {
            return RelayUrl.parse(written).value();
        } catch (InvalidRelayUrl rejected) {
            return "";
        }
    }

    private static InetSocketAddress at(String literal, int port) {
        return new InetSocketAddress(literal, port);
    }

    private static void end(HttpServerRequest request, String body) {
        request.response().end(body).onFailure(ignored -> {});
    }

    private static void redirect(HttpServerRequest request, String location) {
        request.response()
                .setStatusCode(302)
                .putHeader("Location", location)
                .end()
                .onFailure(ignored -> {});
    }
}
