package org.nostrmonitor.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.probe.FakeDns.A;
import static org.nostrmonitor.probe.FakeDns.AAAA;
import static org.nostrmonitor.probe.FakeDns.address;
import static org.nostrmonitor.probe.FakeDns.labels;
import static org.nostrmonitor.probe.FakeDns.record;
import static org.nostrmonitor.probe.OpenCheckTest.assertFailed;
import static org.nostrmonitor.relay.CheckType.OPEN;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.dns.DnsRecord;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nostrmonitor.bus.Messages.ProbeAnswer;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.InvalidRelayUrl;
import org.nostrmonitor.relay.Outcome.Failed;
import org.nostrmonitor.relay.Outcome.NotTested;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Stage;

/** Name servers that lie, ramble and stutter. Nothing on loopback is opened, so a name with an address there is blocked. */
class HostileDnsTest {
    private static final int NS = 2;
    private static final int CNAME = 5;
    private static final int ANSWER = 0x8180;
    private static final int CUT = 0x8380;

    private final Vertx strangers = Vertx.vertx();
    private final RecordedTransport wire = new RecordedTransport();
    private final ProbeLab lab = new ProbeLab(wire);
    private final FakeDns dns = new FakeDns(strangers);

    HostileDnsTest() {
        lab.asking(dns).allowing();
    }

    @AfterEach
    void close() {
        assertThat(wire.connections)
                .allMatch(to -> to.equals(dns.address()) || AddressPolicy.PUBLIC_ONLY.permits(to.getAddress()));
        assertThat(wire.datagrams).as("nobody else is asked").isNotEmpty().containsOnly(dns.address());
        lab.close();
        ProbeLab.await(strangers.close());
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.2", "169.254.169.254", "8.8.8.8", "fd00::1", ""})
    void followsNoReferralToAnotherNameServer(String glue) {
        dns.scripted("a.evil.test", question -> {
            List<Buffer> additional = glue.isEmpty()
                    ? List.of()
                    : List.of(record("ns.evil.test", glue.indexOf(':') < 0 ? A : AAAA, address(glue)));
            List<Buffer> authority = List.of(record("evil.test", NS, labels("ns.evil.test")));
            return List.of(question.saying(ANSWER, List.of(), authority, additional));
        });
        dns.name("ns.evil.test", "127.0.0.2");
        dns.name("b.evil.test", "10.0.0.1");

        assertFailed(probe("a.evil.test"), Stage.DNS, Reason.DNS_NO_ADDRESS);
        assertThat(addresses("b.evil.test")).containsExactly("10.0.0.1");
        assertThat(dns.asked).hasSizeLessThan(50);
    }

    @Test
    void believesNoAliasAndNoAddressOfANameThatWasNotAskedFor() {
        dns.scripted(
                "evil.test",
                question -> List.of(question.saying(
                        ANSWER,
                        List.of(
                                record("good.test", CNAME, labels("evil.test")),
                                record("good.test", A, address("10.6.6.6")),
                                record("evil.test", A, address("10.6.6.6"))),
                        List.of(),
                        List.of(record("good.test", A, address("10.6.6.6"))))));
        dns.name("good.test", "10.0.0.1");

        assertThat(addresses("evil.test")).containsExactly("10.6.6.6");
        assertThat(addresses("good.test")).containsExactly("10.0.0.1");
    }

    @Test
    void takesNoAnswerWithAWrongIdOrToAnotherQuestion() {
        dns.scripted("spoofed.test", question -> {
            Buffer wrongId = question.answered("10.6.6.6", "fd00::666");
            wrongId.setUnsignedShort(0, question.id() ^ 1);
            Buffer query = question.answered("10.6.6.6", "fd00::666").setUnsignedShort(2, 0x0100);
            return List.of(wrongId, query, question.answered("10.0.0.1"));
        });
        assertThat(addresses("spoofed.test")).containsExactly("10.0.0.1");
    }

    @Test
    void followsAChainOfAliasesAndGivesUpOnOneThatDoesNotEnd() {
        dns.scripted(
                "chain.test",
                question -> List.of(question.saying(
                        ANSWER,
                        List.of(
                                record("chain.test", CNAME, labels("one.test")),
                                record("one.test", CNAME, labels("two.test")),
                                record("two.test", A, address("10.0.0.1"))),
                        List.of(),
                        List.of())));
        dns.name("two.test", "10.0.0.1");
        dns.scripted("loop.test", question -> aliases(question, "loop.test", "pool.test"));
        dns.scripted("pool.test", question -> aliases(question, "pool.test", "loop.test"));
        dns.scripted("self.test", question -> aliases(question, "self.test", "self.test"));
        dns.otherwise(question -> aliases(question, question.name(), "x" + question.name()));

        assertThat(addresses("chain.test")).containsExactly("10.0.0.1");
        for (String endless : List.of("loop.test", "self.test", "endless.test")) {
            int before = dns.asked.size();
            assertThat(probe(endless).open()).isInstanceOf(Failed.class);
            assertThat(dns.asked.size() - before).as(endless).isLessThan(50);
        }
    }

    private static List<Buffer> aliases(FakeDns.Question question, String from, String to) {
        return List.of(question.saying(ANSWER, List.of(record(from, CNAME, labels(to))), List.of(), List.of()));
    }

    @Test
    void looksAtSixtyFourOfManyAddressesAndKeepsSixteen() {
        lab.allowing("10.0.0.199/32");
        dns.name(
                "many.test",
                IntStream.range(0, 200).mapToObj(i -> "10.0.0." + i).toArray(String[]::new));
        CheckReport report = probe("many.test");
        assertThat(report.open().reason()).isEqualTo(Reason.BLOCKED);
        assertThat(report.facts().addresses()).hasSize(16);
        assertThat(report.open().evidence()).hasSizeLessThan(600);
    }

    @Test
    void aThousandAddressesInOneDatagramOrCutShortAreATypedOutcome() {
        String[] thousand = IntStream.range(0, 1_000)
                .mapToObj(i -> "10.0." + (i >> 8) + "." + (i & 255))
                .toArray(String[]::new);
        dns.name("thousand.test", thousand);
        dns.scripted("cut.test", question -> List.of(question.saying(CUT, List.of(), List.of(), List.of())));
        lab.waiting(OPEN, 1_000);
        assertFailed(probe("thousand.test"), Stage.DNS, Reason.DNS_TIMEOUT);
        assertThat(probe("cut.test").open()).isInstanceOf(Failed.class);
        assertThat(wire.connections).as("the same server over TCP").isNotEmpty();
    }

    @Test
    void aNameWhoseCompressionGoesInCirclesIsNotFollowed() {
        dns.scripted("circle.test", question -> {
            Buffer self = Buffer.buffer()
                    .appendUnsignedShort(0xc000 | (12 + question.bytes().length()));
            Buffer circle = self.copy()
                    .appendUnsignedShort(question.type())
                    .appendUnsignedShort(1)
                    .appendInt(300)
                    .appendUnsignedShort(4)
                    .appendInt(0x0a000001);
            return List.of(question.saying(ANSWER, List.of(circle), List.of(), List.of()));
        });
        lab.waiting(OPEN, 500);
        assertThat(probe("circle.test").open()).isInstanceOf(Failed.class);
    }

    /** Whatever comes: an outcome for every name, and none of it is left behind for the next one. */
    @Test
    void anyAnswerToAnyNameIsAnOutcome() {
        Random random = new Random(1_035);
        dns.otherwise(question -> {
            synchronized (random) {
                return IntStream.rangeClosed(0, random.nextInt(3))
                        .mapToObj(i -> mutated(question, random))
                        .toList();
            }
        });
        lab.waiting(OPEN, 800);
        int found = 0;
        for (int round = 0; round < 5; round++) {
            List<Future<ProbeAnswer>> probes = IntStream.range(0, 60)
                    .mapToObj(i -> host(random))
                    .map(host -> lab.prober().probe(lab.job("ws://" + host)))
                    .toList();
            for (Future<ProbeAnswer> probe : probes) {
                CheckReport report = ProbeLab.report(probe);
                found += report.facts().addresses().isEmpty() ? 0 : 1;
                assertThat(report.open()).isInstanceOfAny(Failed.class, NotTested.class);
            }
        }
        assertThat(found).as("names with an address").isBetween(1, 299);
        dns.name("after.test", "10.0.0.1");
        lab.waiting(OPEN, 5_000);
        assertThat(addresses("after.test")).containsExactly("10.0.0.1");
    }

    private static Buffer mutated(FakeDns.Question question, Random random) {
        List<Buffer> records = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            records.add(
                    switch (random.nextInt(4)) {
                        case 0 -> record(question.name(), CNAME, labels("other.test"));
                        case 1 -> record("other.test", question.type(), noise(random, 16));
                        default -> record(question.name(), question.type(), noise(random, 4));
                    });
        }
        Buffer honest = question.answered("10.0.0.1", "fd00::1");
        if (random.nextInt(3) == 0) {
            return honest;
        }
        Buffer message =
                random.nextBoolean() ? honest : question.saying(random.nextInt(1 << 16), records, List.of(), records);
        for (int i = random.nextInt(3); i > 0; i--) {
            message.setByte(random.nextInt(message.length()), (byte) random.nextInt());
        }
        return random.nextInt(4) == 0 ? message.getBuffer(0, random.nextInt(message.length()) + 1) : message;
    }

    private static Buffer noise(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        bytes[0] = 10;
        return Buffer.buffer(bytes);
    }

    /** A host as a stranger could write it, and {@link RelayUrl} lets it pass: odd labels, long ones, broken punycode. */
    private static String host(Random random) {
        String letters = "abcdefghijklmnopqrstuvwxyz0123456789-_";
        while (true) {
            StringBuilder host = new StringBuilder();
            for (int labels = random.nextInt(6); labels >= 0; labels--) {
                host.append(random.nextInt(5) == 0 ? "xn--" : "");
                for (int i = random.nextInt(random.nextInt(8) == 0 ? 59 : 9); i >= 0; i--) {
                    host.append(letters.charAt(random.nextInt(letters.length())));
                }
                host.append('.');
            }
            try {
                return RelayUrl.parse("ws://" + host + "test").host();
            } catch (InvalidRelayUrl another) {
                assertThat(another.why()).isNotEmpty();
            }
        }
    }

    @Test
    void forgetsAllAnswersWhenItHasTakenTooMany() throws Exception {
        dns.name("one.test", "10.0.0.1");
        assertThat(addresses("one.test")).isNotEmpty();
        EventLoop loop = new DefaultEventLoop();
        int kept = loop.submit(() -> {
                    DnsRecord[] none = {};
                    BoundedDnsCache cache = new BoundedDnsCache();
                    InetAddress address = InetAddress.getByAddress(new byte[] {10, 0, 0, 1});
                    int most = 3 * BoundedDnsCache.MAX_ANSWERS;
                    for (int i = 0; i < most; i++) {
                        cache.cache("name" + i, none, address, 300, loop);
                    }
                    return (int) IntStream.range(0, most)
                            .filter(i -> cache.get("name" + i, none) != null)
                            .count();
                })
                .get();
        assertThat(kept).isBetween(1, BoundedDnsCache.MAX_ANSWERS);
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).get();
    }

    private List<String> addresses(String host) {
        CheckReport report = probe(host);
        assertThat(report.open().reason()).as(report.open().toString()).isEqualTo(Reason.BLOCKED);
        return report.facts().addresses();
    }

    private CheckReport probe(String host) {
        return lab.probe("ws://" + host);
    }
}
