package org.nostrmonitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.nostr.EventSigner;
import org.nostrmonitor.nostr.KeyRing;
import org.nostrmonitor.nostr.SecretKey;
import org.nostrmonitor.probe.ProbeSettings;
import org.nostrmonitor.probe.RelayProber;
import org.nostrmonitor.queue.AddressLimits;
import org.nostrmonitor.relay.Capability;
import org.nostrmonitor.relay.Capability.Finding;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.CheckType;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Priority;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.simulator.Behaviour;
import org.nostrmonitor.simulator.Expected;
import org.nostrmonitor.simulator.SimulatedNetwork;
import org.nostrmonitor.simulator.SimulatedRelay;

/** Probes one relay of every behaviour, all at once and with every check, and compares with the truth about each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ZooTest {
    private static final EventSigner SIGNER = EventSigner.of(SecretKey.random());
    private static final int ALL = 100;

    private final Vertx vertx = Vertx.vertx();
    private final Map<Behaviour, SimulatedRelay> relays = new EnumMap<>(Behaviour.class);
    private final Map<Behaviour, CheckReport> reports = new EnumMap<>(Behaviour.class);

    @BeforeAll
    void probesThemAll(@TempDir Path directory) {
        SimulatedNetwork network = await(SimulatedNetwork.start(
                vertx, SimulatedNetwork.Options.of(ALL, 3, directory).withLatencyScale(0)));
        network.relays().forEach(relay -> relays.putIfAbsent(relay.behaviour(), relay));
        relays.remove(Behaviour.SLOW); // takes half a minute
        ProbeSettings settings = ProbeSettings.of(
                new MonitorConfig.Network(
                        List.of("127.0.0.0/8"), List.of(), List.of(network.authorityPem()), Map.of()),
                MonitorConfig.DEFAULT.geo());
        RelayProber prober =
                new RelayProber(vertx, settings, KeyRing.of(SIGNER), AddressLimits.NONE, InstantSource.system());
        List<Future<CheckReport>> probes = relays.values().stream()
                .map(relay -> prober.probe(job(relay)).map(answer -> Objects.requireNonNull(answer.report())))
                .toList();
        List<CheckReport> found = await(Future.all(probes).map(all -> all.<CheckReport>list()));
        List<Behaviour> order = List.copyOf(relays.keySet());
        for (int i = 0; i < order.size(); i++) {
            reports.put(order.get(i), found.get(i));
        }
    }

    private static CheckJob job(SimulatedRelay relay) {
        Set<CheckType> checks = EnumSet.allOf(CheckType.class);
        Map<CheckType, Duration> timeouts = checks.stream()
                .collect(Collectors.toMap(
                        check -> check,
                        check -> check == CheckType.OPEN || check == CheckType.NIP11
                                ? Duration.ofSeconds(10)
                                : Duration.ofSeconds(4)));
        return new CheckJob(
                relay.url(),
                "test",
                Instant.EPOCH,
                checks,
                timeouts,
                SIGNER.publicKey(),
                List.of(),
                Priority.ON_DEMAND,
                1);
    }

    @AfterAll
    void close() {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) {
        return Await.of(future, Duration.ofSeconds(60), "the zoo");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SLOW")
    void everyRelayIsFoundToBeWhatItIs(Behaviour behaviour) {
        Expected truth = relay(behaviour).expected();
        CheckReport report = report(behaviour);
        Outcome decisive = report.decisive();

        assertThat(report.state()).as(decisive.toString()).isEqualTo(truth.state());
        if (decisive instanceof Outcome.Failed failed) {
            assertThat(failed.stage()).isEqualTo(truth.stage());
            assertThat(failed.reason()).isEqualTo(truth.reason());
        }
        assertThat(report.read().passed()).as("%s", report.read()).isEqualTo(truth.readable());
        assertThat(report.write().passed()).as("%s", report.write()).isEqualTo(truth.writable());
        if (truth.refusal() != null) {
            assertThat(
                            truth.readable()
                                    ? report.write().reason()
                                    : report.read().reason())
                    .isEqualTo(truth.refusal());
        }
        assertThat(report.observed()).isEqualTo(truth.requirements());
        assertThat(findings(report)).as("%s", report.facts().capabilities()).isEqualTo(truth.capabilities());
    }

    private static Map<Integer, Finding> findings(CheckReport report) {
        Map<Integer, Finding> findings = new TreeMap<>();
        Map<Integer, Capability> tested = report.facts().capabilities();
        tested.forEach((nip, capability) -> findings.put(nip, capability.finding()));
        return findings;
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SLOW")
    void everyVerdictHasItsEvidence(Behaviour behaviour) {
        CheckReport report = report(behaviour);
        if (report.read().answered()) {
            assertThat(report.read().evidence()).isNotBlank();
        }
        if (report.write().answered()) {
            assertThat(report.write().evidence()).isNotBlank();
        }
        assertThat(report.facts().capabilities().values())
                .allMatch(capability -> !capability.seen().isBlank());
    }

    /** What a person reads: the second line, and those that follow the phases. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SLOW")
    void everyRelayHasASentence(Behaviour behaviour) {
        String text = CheckReportText.of(report(behaviour));
        assertThat(text.lines().skip(1).findFirst().orElseThrow()).startsWith(sentence(behaviour));
        assertThat(text).contains(more(behaviour));
        assertThat(text.lines()).allMatch(line -> line.length() < 400);
    }

    private static String sentence(Behaviour behaviour) {
        return switch (behaviour) {
            case AUTH_REFUSED -> "Online: it is restricted";
            case NOTICE_ONLY -> "Online: it answered with an error of its own";
            case SILENT -> "Offline: it opens, but does not answer a REQ.";
            case CLOSING_MIDWAY -> "Offline: it closed the connection during the read.";
            case NOT_NOSTR -> "Offline: what it sent during the read breaks the protocol.";
            case REFUSING -> "Offline: the connection was refused.";
            case HTTP_STATUS -> "Offline: the server answered HTTP ";
            case TLS_EXPIRED -> "Offline: the TLS certificate has expired.";
            case TLS_NOT_YET_VALID -> "Offline: the TLS certificate is not valid yet.";
            case TLS_WRONG_HOST -> "Offline: the TLS certificate is for another host.";
            case TLS_SELF_SIGNED -> "Offline: the TLS certificate is self-signed.";
            case TLS_UNKNOWN -> "Offline: the TLS certificate is from an unknown issuer.";
            default -> "Online: it answered";
        };
    }

    private static List<String> more(Behaviour behaviour) {
        return switch (behaviour) {
            case HEALTHY -> List.of("echoed; [\"OK\"", "  seen     !auth !writes !pow !payment");
            case AUTH_REQUIRED, AUTH_AT_ONCE, AUTH_LATE ->
                List.of("  seen     auth !pow", "  NIP-42   works  [\"AUTH\",");
            case AUTH_REFUSED -> List.of("restricted: your key is not on the list", "  seen     auth writes");
            case AUTH_UNCLAIMED -> List.of("  but      claims to need no authentication, but asks for it");
            case AUTH_CLAIMED_ONLY -> List.of("  but      claims to need authentication, but answers without");
            case WRITE_RESTRICTED -> List.of("refused: it is restricted  restricted: only members may write here");
            case WRITE_BLOCKED -> List.of("refused: it has blocked us  blocked: this relay takes no events");
            case PAID -> List.of("refused: it asks for payment", "  seen     !auth writes payment");
            case POW -> List.of("pow: 28 bits of proof of work needed; we do not work for more than 20 bits");
            case POW_EASY ->
                List.of(
                        "passed  after 12 bits of work; echoed;",
                        "  but      claims to need no work, but asks for 12 bits");
            case RATE_LIMITED -> List.of("refused: it limited our rate  rate-limited: slow down there chief");
            case MUTE -> List.of("refused: it ignored our event  mute: ");
            case DUPLICATE -> List.of("passed  not echoed; [\"OK\"", "duplicate: it is here already");
            case NOTICE_ONLY -> List.of("refused: it answered with an error of its own  error: the database is away");
            case NOT_NOSTR -> List.of("not JSON: 0{\"sid\"");
            case NIP11_MISSING -> List.of("  NIP-11   does not work  HTTP 404");
            case CAPABLE ->
                List.of(
                        "  NIP-40   works  [\"OK\"",
                        "  NIP-45   works  [\"COUNT\",\"count\",{\"count\":0}]",
                        "  NIP-50   works  nothing for nonsense; for ",
                        "  NIP-70   works  [\"OK\"",
                        "  NIP-77   works  [\"NEG-MSG\",\"sync\",\"6100000200\"]");
            case BOASTFUL ->
                List.of(
                        "  NIP-40   not tested: took an expired event",
                        "  NIP-45   does not work  [\"NOTICE\",\"error: bad msg: unknown cmd\"]",
                        "  NIP-50   does not work  found a note for nonsense: [\"EVENT\"",
                        "  NIP-70   does not work  [\"OK\"",
                        "  NIP-77   does not work  [\"NOTICE\"",
                        "  but      claims NIP-45, but does not do it");
            case DEAF_TO_COUNT ->
                List.of("  NIP-45   does not work  no answer, while a REQ sent behind it was answered");
            case CLOSING_ON_COUNT -> List.of("  NIP-45   not tested: it ended the connection: closed 1008");
            case CLOSING_ON_SEARCH -> List.of("  NIP-45   not tested: the connection was over: closed 1008");
            default -> List.of(relayName(behaviour));
        };
    }

    private static String relayName(Behaviour behaviour) {
        return "://" + behaviour.label() + "-";
    }

    @Test
    void mostOfTheZooIsOnlineAndAllOfItIsHere() {
        assertThat(relays.keySet())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Behaviour.values())
                        .filter(behaviour -> behaviour != Behaviour.SLOW)
                        .toList());
        assertThat(reports.values().stream().filter(report -> report.state() == RelayState.ONLINE))
                .hasSizeGreaterThan(20);
    }

    private SimulatedRelay relay(Behaviour behaviour) {
        return Objects.requireNonNull(relays.get(behaviour));
    }

    private CheckReport report(Behaviour behaviour) {
        return Objects.requireNonNull(reports.get(behaviour));
    }
}
