package org.nostrmonitor.http.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Facts;
import org.nostrmonitor.relay.Known;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Outcome.Failed;
import org.nostrmonitor.relay.Outcome.NotTested;
import org.nostrmonitor.relay.Outcome.Passed;
import org.nostrmonitor.relay.Phases;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Stage;
import org.nostrmonitor.relay.TlsSession;
import org.nostrmonitor.relay.TlsSession.Certificate;
import org.nostrmonitor.storage.RelayViews.Detail;
import org.nostrmonitor.storage.RelayViews.Item;
import org.nostrmonitor.storage.RelayViews.Seen;
import org.nostrmonitor.storage.RelayViews.Uptime;
import org.nostrmonitor.storage.Traits;

/** The sentence at the head of a relay's page, for every stage and reason that can occur. */
class VerdictTest {
    static final Instant NOW = Instant.parse("2026-11-22T16:37:00Z");
    private static final Instant SINCE = Instant.parse("2026-11-22T14:05:00Z");
    private static final RelayUrl URL = RelayUrl.of("wss://relay.example/");

    /** What follows "Offline since 14:05 UTC: ". A reason without a line here fails {@link #everyFaultHasItsWords}. */
    private static final String OFFLINE = """
            dns dns_not_found the name does not exist
            dns dns_no_address the name has no address
            dns dns_server_failure the name server failed
            dns dns_timeout the name server did not answer in time
            tcp tcp_refused the connection was refused
            tcp tcp_timeout the host did not answer in time
            tcp tcp_unreachable the host cannot be reached
            tcp tcp_reset the connection was reset while connecting
            tcp proxy_failed the proxy could not reach it
            tls tls_expired the TLS certificate has expired
            tls tls_not_yet_valid the TLS certificate is not valid yet
            tls tls_wrong_host the TLS certificate is for another host
            tls tls_self_signed the TLS certificate is self-signed
            tls tls_unknown_issuer the TLS certificate is from an unknown issuer
            tls tls_bad_certificate the TLS certificate cannot be used
            tls tls_handshake the TLS handshake failed
            tls tls_timeout the TLS handshake did not finish in time
            tls closed it closed the connection during the TLS handshake
            tls reset the connection was reset during the TLS handshake
            upgrade upgrade_status the server answered HTTP 502 instead of opening a WebSocket
            upgrade upgrade_timeout the WebSocket upgrade was not answered in time
            upgrade protocol what it sent during the WebSocket upgrade breaks the protocol
            upgrade too_large it sent more than we accept during the WebSocket upgrade
            upgrade closed it closed the connection during the WebSocket upgrade
            upgrade reset the connection was reset during the WebSocket upgrade
            read no_reply it opens, but does not answer a REQ
            read protocol what it sent during the read breaks the protocol
            read too_large it sent more than we accept during the read
            read closed it closed the connection during the read
            read reset the connection was reset during the read
            """;

    /** What follows "Degraded since 14:05 UTC: ". */
    private static final String DEGRADED = """
            write no_reply writing fails, it did not answer our event
            write protocol writing fails, what it sent during the write breaks the protocol
            write too_large writing fails, it sent more than we accept during the write
            write closed writing fails, it closed the connection during the write
            write reset writing fails, the connection was reset during the write
            nip11 http_status its NIP-11 document cannot be read, the server answered HTTP 502
            nip11 not_json its NIP-11 document cannot be read, the document is not a JSON object
            nip11 redirect_blocked its NIP-11 document cannot be read, it redirects to where we do not go
            nip11 no_reply its NIP-11 document cannot be read, it did not reply
            nip11 protocol its NIP-11 document cannot be read, what it sent during the NIP-11 fetch breaks the protocol
            nip11 too_large its NIP-11 document cannot be read, it sent more than we accept during the NIP-11 fetch
            nip11 closed its NIP-11 document cannot be read, it closed the connection during the NIP-11 fetch
            nip11 reset its NIP-11 document cannot be read, the connection was reset during the NIP-11 fetch
            nip11 tcp_refused its NIP-11 document cannot be read, the connection was refused
            nip11 tls_expired its NIP-11 document cannot be read, the TLS certificate has expired
            """;

    /** The whole sentence of a relay that was not asked. */
    private static final Map<Reason, String> UNKNOWN = Map.of(
            Reason.DISABLED, "Not checked: checks of this kind are turned off here.",
            Reason.NO_PROXY, "Not checked: no proxy to its network is configured.",
            Reason.BLOCKED, "Not checked: its address is not a public one.",
            Reason.NO_ROUTE, "Not checked: no way from here to its address is known to work.",
            Reason.PROXY_UNUSABLE, "Not checked: our proxy to its network does not serve us.",
            Reason.CROWDED, "Not checked: so many names lead to its address that it had no turn in this cycle.",
            Reason.NOT_DUE, "Not checked: not due yet.",
            Reason.NOT_REACHED, "Not checked: not reached.");

    record Line(Stage stage, Reason reason, String words) {
        static Line of(String line) {
            String[] parts = line.split(" ", 3);
            Stage stage = Arrays.stream(Stage.values())
                    .filter(one -> one.label().equals(parts[0]))
                    .findFirst()
                    .orElseThrow();
            return new Line(stage, Reason.ofLabel(parts[1]), parts[2]);
        }
    }

    static Stream<Line> offline() {
        return OFFLINE.lines().map(Line::of);
    }

    static Stream<Line> degraded() {
        return DEGRADED.lines().map(Line::of);
    }

    @ParameterizedTest
    @MethodSource("offline")
    void offlineIsToldWithWhereItStops(Line line) {
        CheckReport report = report(line.stage, line.reason, null);

        assertThat(verdict(RelayState.OFFLINE, line.stage, line.reason, report))
                .isEqualTo("Offline since 14:05 UTC: " + line.words + ".");
    }

    @ParameterizedTest
    @MethodSource("degraded")
    void degradedIsToldWithWhatFails(Line line) {
        CheckReport report = report(line.stage, line.reason, null);

        assertThat(verdict(RelayState.DEGRADED, line.stage, line.reason, report))
                .isEqualTo("Degraded since 14:05 UTC: " + line.words + ".");
    }

    @Test
    void everyFaultHasItsWords() {
        Set<Reason> told =
                Stream.concat(offline(), degraded()).map(Line::reason).collect(Collectors.toSet());

        assertThat(told)
                .isEqualTo(EnumSet.allOf(Reason.class).stream()
                        .filter(reason -> reason.code() < 100)
                        .collect(Collectors.toSet()));
        assertThat(UNKNOWN.keySet()).isEqualTo(ours().collect(Collectors.toSet()));
    }

    /** Whatever comes together, by a newer version or by mistake: a sentence, of words. */
    @ParameterizedTest
    @EnumSource
    void noStageAndReasonMakeNonsense(Reason reason) {
        for (Stage stage : Stage.values()) {
            for (RelayState state : RelayState.values()) {
                String sentence = verdict(state, stage, reason, null);

                assertThat(sentence)
                        .as(stage + " " + reason)
                        .endsWith(".")
                        .doesNotContain("null", "_", ": .", "..", "  ");
            }
        }
    }

    static Stream<Reason> ours() {
        return Arrays.stream(Reason.values()).filter(reason -> reason.code() >= 200);
    }

    @ParameterizedTest
    @MethodSource("ours")
    void notCheckedIsToldWithWhyWeDidNotAsk(Reason reason) {
        CheckReport report = report(new NotTested(reason), new NotTested(Reason.NOT_REACHED), Facts.NONE);

        assertThat(verdict(RelayState.UNKNOWN, null, null, report)).isEqualTo(UNKNOWN.get(reason));
    }

    @Test
    void aNewRelayAndOneThatIsWellHaveNoReason() {
        CheckReport well = report(new Passed(), new Passed(), Facts.NONE);

        assertThat(verdict(RelayState.UNKNOWN, null, null, null)).isEqualTo("Not checked yet.");
        assertThat(verdict(RelayState.ONLINE, null, null, well)).isEqualTo("Online since 14:05 UTC.");
    }

    @Test
    void anExpiredCertificateIsToldWithItsAgeOnlyIfThatIsKnown() {
        Instant end = NOW.minus(Duration.ofDays(2).plusHours(1));
        TlsSession leaf = session(end, NOW.plus(Duration.ofDays(900)));
        TlsSession issuer = session(NOW.plus(Duration.ofDays(30)), NOW.minus(Duration.ofHours(5)));
        TlsSession neither = session(NOW.plus(Duration.ofDays(30)), NOW.plus(Duration.ofDays(900)));

        assertThat(expired(leaf)).isEqualTo("Offline since 14:05 UTC: the TLS certificate expired 2 days ago.");
        assertThat(expired(issuer))
                .isEqualTo(
                        "Offline since 14:05 UTC: a certificate that its TLS certificate rests on expired 5 hours ago.");
        assertThat(expired(neither)).isEqualTo("Offline since 14:05 UTC: the TLS certificate has expired.");
        assertThat(expired(null)).isEqualTo("Offline since 14:05 UTC: the TLS certificate has expired.");
    }

    @Test
    void aCertificateOfTheFutureIsToldWithWhenItBegins() {
        Certificate early = certificate(NOW.plus(Duration.ofHours(3)), NOW.plus(Duration.ofDays(90)));
        TlsSession session = new TlsSession(null, null, List.of(early));

        assertThat(verdict(
                        RelayState.OFFLINE,
                        Stage.TLS,
                        Reason.TLS_NOT_YET_VALID,
                        report(Stage.TLS, Reason.TLS_NOT_YET_VALID, session)))
                .isEqualTo("Offline since 14:05 UTC: the TLS certificate becomes valid only in 3 hours.");
    }

    /** The region that the page shows may see another fault than the one that decided. */
    @Test
    void evidenceOfAnotherFaultIsNotUsed() {
        TlsSession expired = session(NOW.minus(Duration.ofDays(2)), NOW.plus(Duration.ofDays(9)));
        CheckReport report = report(Stage.TLS, Reason.TLS_WRONG_HOST, expired);

        assertThat(verdict(RelayState.OFFLINE, Stage.TLS, Reason.TLS_EXPIRED, report))
                .isEqualTo("Offline since 14:05 UTC: the TLS certificate has expired.");
        assertThat(verdict(
                        RelayState.OFFLINE,
                        Stage.UPGRADE,
                        Reason.UPGRADE_STATUS,
                        report(Stage.TCP, Reason.TCP_REFUSED, null)))
                .isEqualTo(
                        "Offline since 14:05 UTC: the server answered with an HTTP status instead of opening a WebSocket.");
    }

    private static String expired(@Nullable TlsSession session) {
        return verdict(
                RelayState.OFFLINE, Stage.TLS, Reason.TLS_EXPIRED, report(Stage.TLS, Reason.TLS_EXPIRED, session));
    }

    private static TlsSession session(Instant leafEnd, Instant issuerEnd) {
        Instant begin = NOW.minus(Duration.ofDays(400));
        return new TlsSession(null, null, List.of(certificate(begin, leafEnd), certificate(begin, issuerEnd)));
    }

    private static Certificate certificate(Instant from, Instant until) {
        return new Certificate("CN=relay.example", "CN=CA", List.of("relay.example"), from, until, "ab".repeat(32));
    }

    static CheckReport report(Stage stage, Reason reason, @Nullable TlsSession session) {
        Facts facts = new Facts(List.of(), session, null, Map.of(), Map.of());
        Failed failed =
                new Failed(stage, reason, reason == Reason.HTTP_STATUS || reason == Reason.UPGRADE_STATUS ? "502" : "");
        return switch (stage) {
            case DNS, TCP, TLS, UPGRADE -> report(failed, new NotTested(Reason.NOT_REACHED), facts);
            case READ -> report(new Passed(), failed, facts);
            case WRITE -> report(new Passed(), new Passed(), failed, new Passed(), facts);
            case NIP11 -> report(new Passed(), new Passed(), new Passed(), failed, facts);
        };
    }

    static CheckReport report(Outcome open, Outcome read, Facts facts) {
        Outcome later = new NotTested(Reason.NOT_REACHED);
        return report(open, read, later, later, facts);
    }

    private static CheckReport report(Outcome open, Outcome read, Outcome write, Outcome nip11, Facts facts) {
        Instant at = NOW.minusSeconds(60);
        return new CheckReport(
                URL,
                "eu",
                at,
                at,
                null,
                Phases.NONE,
                open,
                read,
                write,
                nip11,
                null,
                Map.of(),
                Duration.ZERO,
                Set.of(),
                1,
                facts);
    }

    private static String verdict(
            RelayState state, @Nullable Stage stage, @Nullable Reason reason, @Nullable CheckReport report) {
        return RelayStory.verdict(detail(state, stage, reason, report), seen(state, report), NOW)
                .flat();
    }

    static @Nullable Seen seen(RelayState state, @Nullable CheckReport report) {
        return report == null
                ? null
                : new Seen("eu", state, SINCE, report, "1".repeat(96), Uptime.NOTHING, Known.NOTHING);
    }

    /** Of a relay that was checked at {@link #NOW}. */
    static Detail detail(
            RelayState state, @Nullable Stage stage, @Nullable Reason reason, @Nullable CheckReport report) {
        Seen seen = seen(state, report);
        Item item = new Item(
                URL,
                state,
                SINCE,
                NOW,
                stage,
                reason,
                null,
                null,
                null,
                null,
                null,
                null,
                "1".repeat(96),
                Traits.UNKNOWN);
        return new Detail(
                item,
                true,
                false,
                null,
                null,
                SINCE,
                "test",
                null,
                Uptime.NOTHING,
                Uptime.NOTHING,
                seen == null ? List.of() : List.of(seen),
                null,
                null);
    }
}
