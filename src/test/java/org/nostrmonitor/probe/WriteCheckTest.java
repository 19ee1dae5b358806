package org.nostrmonitor.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.probe.ScriptedRelay.say;
import static org.nostrmonitor.relay.CheckType.READ;
import static org.nostrmonitor.relay.CheckType.WRITE;

import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nostrmonitor.nostr.ClientMessage;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.nostr.ProofOfWork;
import org.nostrmonitor.nostr.ProtocolException;
import org.nostrmonitor.nostr.Signatures;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Outcome.Failed;
import org.nostrmonitor.relay.Outcome.NotTested;
import org.nostrmonitor.relay.Outcome.Refused;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.Requirement;
import org.nostrmonitor.relay.Stage;

class WriteCheckTest {
    private final ProbeLab lab = new ProbeLab();
    private final ScriptedRelay relay = new ScriptedRelay(lab.vertx);

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void passesWhenTheEventIsAccepted() {
        CheckReport report = write();
        assertThat(report.write().passed()).isTrue();
        assertThat(report.write().evidence()).startsWith("echoed; [\"OK\"");
        assertThat(report.phases().write()).isPositive();
        assertThat(report.observed())
                .isEqualTo(Map.of(
                        Requirement.AUTH,
                        false,
                        Requirement.WRITES,
                        false,
                        Requirement.PAYMENT,
                        false,
                        Requirement.POW,
                        false));
        assertThat(report.facts().limits()).isEqualTo(Map.of("min_pow_difficulty", 0));
    }

    @Test
    void writesAShortLivedEventThatSaysWhoAsks() throws ProtocolException {
        write();
        NostrEvent event =
                ((ClientMessage.Event) ClientMessage.parse(said("EVENT").encode())).event();
        assertThat(Signatures.verify(event)).isTrue();
        assertThat(event.kind()).isEqualTo(22166);
        assertThat(event.pubkey()).isEqualTo(ProbeLab.SIGNER.publicKey());
        assertThat(event.tag("relay")).hasValue(relay.ws() + "/");
        assertThat(Long.parseLong(event.tag("expiration").orElseThrow()) - event.createdAt())
                .isBetween(36L, 60L);
        assertThat(ProofOfWork.of(event.id())).as("work that was not asked for").isZero();
        assertThat(event.content()).contains("NIP-66");
    }

    @Test
    void notesAMissingEcho() {
        onEvent((socket, event) -> say(socket, "OK", event.getString("id"), true, ""));
        assertThat(write().write().evidence()).startsWith("not echoed; ");
    }

    @Test
    void takesADuplicateForAYes() {
        onEvent((socket, event) -> say(socket, "OK", event.getString("id"), true, "duplicate: have it"));
        assertThat(write().write().passed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "restricted: members only, RESTRICTED, WRITES",
        "blocked: not on the list, REFUSED_BLOCKED, WRITES",
        "blocked: please pay to write, PAYMENT_REQUIRED, PAYMENT",
        "restricted: pay this invoice first, PAYMENT_REQUIRED, WRITES",
        "pow: 30 bits needed, POW, POW",
        "rate-limited: slow down, RATE_LIMITED,",
        "mute: nobody listens, MUTE,",
        "invalid: event too new, INVALID,",
        "error: database is away, ERROR,",
        "no, REFUSED,",
        "see https://example.com/pay: no, REFUSED,",
    })
    void keepsARefusalWithItsReason(String message, Reason reason, Requirement observed) {
        onEvent((socket, event) -> say(socket, "OK", event.getString("id"), false, message));
        CheckReport report = write();
        assertThat(report.write().reason()).isEqualTo(reason);
        assertThat(report.write().evidence()).startsWith(message);
        assertThat(report.rttWrite()).isNull();
        assertThat(report.state()).isEqualTo(RelayState.ONLINE);
        if (observed == null) {
            assertThat(report.observed()).isEqualTo(Map.of(Requirement.AUTH, false));
        } else {
            assertThat(report.observed()).containsEntry(observed, true);
        }
    }

    @Test
    void authenticatesAndWritesOnceMore() {
        relay.onOpen(socket -> say(socket, "AUTH", "challenge"));
        relay.onMessage((socket, message) -> {
            boolean known =
                    relay.heard.stream().anyMatch(said -> said.getString(0).equals("AUTH"));
            switch (message.getString(0)) {
                case "REQ" -> say(socket, "EOSE", message.getString(1));
                case "AUTH" -> say(socket, "OK", message.getJsonObject(1).getString("id"), true, "");
                case "EVENT" ->
                    say(
                            socket,
                            "OK",
                            message.getJsonObject(1).getString("id"),
                            known,
                            known ? "" : "auth-required: who?");
                default -> {}
            }
        });
        CheckReport report = write();
        assertThat(report.write().passed()).isTrue();
        assertThat(report.observed())
                .isEqualTo(Map.of(Requirement.AUTH, false, Requirement.WRITES, true, Requirement.POW, false));
    }

    @Test
    void doesALittleWorkIfAskedTo() throws ProtocolException {
        demandWork("pow: difficulty 0 is less than 8", 8);
        CheckReport report = write();
        assertThat(report.write().evidence()).startsWith("after 8 bits of work; echoed; [\"OK\"");
        assertThat(report.write().passed()).isTrue();
        assertThat(report.observed()).isEqualTo(Map.of(Requirement.AUTH, false, Requirement.POW, true));
        assertThat(report.facts().limits()).isEqualTo(Map.of("min_pow_difficulty", 8));
        NostrEvent mined = written().get(1);
        assertThat(written()).hasSize(2);
        assertThat(Signatures.verify(mined)).isTrue();
        assertThat(mined.tags().get(2)).hasSize(3).startsWith("nonce").endsWith("8");
    }

    @Test
    void doesNotWorkForMoreThanItsBound() throws ProtocolException {
        demandWork("pow: 21 bits needed", 21);
        CheckReport report = write();
        assertThat(report.write())
                .isEqualTo(new Refused(Reason.POW, "pow: 21 bits needed; we do not work for more than 20 bits"));
        assertThat(report.facts().limits()).isEqualTo(Map.of("min_pow_difficulty", 21));
        assertThat(written()).hasSize(1);
    }

    @Test
    void worksOnlyOnceForARelayThatIsNeverContent() throws ProtocolException {
        onEvent((socket, event) -> say(socket, "OK", event.getString("id"), false, "pow: 4 bits more"));
        assertThat(write().write())
                .isEqualTo(new Refused(Reason.POW, "pow: 4 bits more; refused after 4 bits of work"));
        assertThat(written()).hasSize(2);
    }

    @Test
    void doesNotTakeANoticeBeforeTheEventForItsAnswer() {
        relay.onOpen(socket -> say(socket, "NOTICE", "welcome"));
        onEvent((socket, event) -> {});
        CheckReport report = impatient();
        assertFailed(report, Reason.NO_REPLY);
        assertThat(report.write().evidence()).isEmpty();
    }

    private void demandWork(String words, int bits) {
        relay.onMessage((socket, message) -> {
            boolean isEnough = message.getString(0).equals("EVENT")
                    && ProofOfWork.of(message.getJsonObject(1).getString("id")) >= bits;
            if (message.getString(0).equals("EVENT") && !isEnough) {
                say(socket, "OK", message.getJsonObject(1).getString("id"), false, words);
            } else {
                ScriptedRelay.answerLikeAnEmptyRelay(socket, message);
            }
        });
    }

    private List<NostrEvent> written() throws ProtocolException {
        List<NostrEvent> events = new ArrayList<>();
        for (JsonArray message : relay.heard) {
            if (ClientMessage.parse(message.encode()) instanceof ClientMessage.Event event) {
                events.add(event.event());
            }
        }
        return events;
    }

    @Test
    void ignoresTheOkOfAnotherEvent() {
        onEvent((socket, event) -> say(socket, "OK", "00".repeat(32), true, ""));
        assertFailed(impatient(), Reason.NO_REPLY);
    }

    @Test
    void doesNotBelieveAnOkWithoutABoolean() {
        onEvent((socket, event) -> say(socket, "OK", event.getString("id"), "true", ""));
        assertFailed(impatient(), Reason.PROTOCOL);
    }

    @Test
    void namesSilence() {
        onEvent((socket, event) -> {});
        CheckReport report = impatient();
        assertFailed(report, Reason.NO_REPLY);
        assertThat(report.state()).isEqualTo(RelayState.ONLINE);
    }

    @Test
    void doesNotWriteWithoutAKey() {
        lab.unsigned();
        CheckReport report = write();
        assertThat(report.write()).isEqualTo(new NotTested(Reason.DISABLED, "no key to sign with"));
        assertThat(relay.heard).noneMatch(message -> message.getString(0).equals("EVENT"));
    }

    private void onEvent(BiConsumer<ServerWebSocket, JsonObject> script) {
        relay.onMessage((socket, message) -> {
            switch (message.getString(0)) {
                case "REQ" -> say(socket, "EOSE", message.getString(1));
                case "EVENT" -> script.accept(socket, message.getJsonObject(1));
                default -> {}
            }
        });
    }

    private CheckReport write() {
        return lab.probe(relay.start().ws(), READ, WRITE);
    }

    private CheckReport impatient() {
        return lab.waiting(WRITE, 300).probe(relay.start().ws(), READ, WRITE);
    }

    private JsonArray said(String type) {
        return relay.heard.stream()
                .filter(message -> message.getString(0).equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static void assertFailed(CheckReport report, Reason reason) {
        assertThat(report.write()).isInstanceOf(Failed.class);
        assertThat(((Failed) report.write()).stage()).isEqualTo(Stage.WRITE);
        assertThat(report.write().reason()).as(report.write().toString()).isEqualTo(reason);
    }
}
