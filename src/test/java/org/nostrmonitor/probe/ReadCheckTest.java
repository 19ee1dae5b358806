package org.nostrmonitor.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.probe.ScriptedRelay.say;
import static org.nostrmonitor.relay.CheckType.READ;
import static org.nostrmonitor.relay.CheckType.WRITE;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nostrmonitor.nostr.EventTemplate;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.nostr.RelayMessage;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Outcome.Failed;
import org.nostrmonitor.relay.Outcome.NotTested;
import org.nostrmonitor.relay.Outcome.Refused;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.Requirement;
import org.nostrmonitor.relay.Stage;

class ReadCheckTest {
    private final ProbeLab lab = new ProbeLab();
    private final ScriptedRelay relay = new ScriptedRelay(lab.vertx);

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void passesOnEoseOfAnEmptyRelay() {
        CheckReport report = read();
        assertThat(report.read().passed()).isTrue();
        assertThat(report.read().evidence()).isEqualTo("[\"EOSE\",\"read\"]");
        assertThat(report.phases().read()).isPositive();
        assertThat(report.observed()).containsExactlyEntriesOf(java.util.Map.of(Requirement.AUTH, false));
        assertThat(report.state()).isEqualTo(RelayState.ONLINE);
        assertThat(relay.heard.get(0).getJsonObject(2).getInteger("limit")).isEqualTo(1);
    }

    @Test
    void closesItsSubscription() {
        CheckReport report = lab.probe(relay.start().ws(), READ, WRITE);
        assertThat(report.read().passed()).isTrue();
        assertThat(relay.heard).contains(new JsonArray().add("CLOSE").add("read"));
    }

    @Test
    void passesOnAnEvent() {
        NostrEvent note = ProbeLab.SIGNER.sign(new EventTemplate(1_700_000_000, 1, List.of(), "hello"));
        relay.onMessage((socket, message) -> {
            if (message.getString(0).equals("REQ")) {
                socket.writeTextMessage(new RelayMessage.Event("read", note).toJson())
                        .onFailure(ignored -> {});
            }
        });
        assertThat(read().read().passed()).isTrue();
    }

    @Test
    void doesNotBelieveAForgedEvent() {
        NostrEvent note = ProbeLab.SIGNER.sign(new EventTemplate(1_700_000_000, 1, List.of(), "hello"));
        NostrEvent forged = new NostrEvent(
                note.id(), note.pubkey(), note.createdAt(), note.kind(), note.tags(), "something else", note.sig());
        relay.onMessage((socket, message) -> {
            if (message.getString(0).equals("REQ")) {
                socket.writeTextMessage(new RelayMessage.Event("read", forged).toJson())
                        .onFailure(ignored -> {});
            }
        });
        assertFailed(impatient().read(), Reason.PROTOCOL);
    }

    @Test
    void ignoresAnswersToAnotherSubscription() {
        relay.onMessage((socket, message) -> say(socket, "EOSE", "other"));
        assertFailed(impatient().read(), Reason.NO_REPLY);
    }

    @Test
    void namesSilence() {
        relay.onMessage((socket, message) -> {});
        CheckReport report = impatient();
        assertFailed(report.read(), Reason.NO_REPLY);
        assertThat(report.state()).isEqualTo(RelayState.OFFLINE);
        assertThat(report.phases().read()).isPositive();
        assertThat(report.rttRead()).isNull();
    }

    @Test
    void doesNotWriteToARelayThatDoesNotRead() {
        relay.onMessage((socket, message) -> {});
        lab.waiting(READ, 300);
        CheckReport report = lab.probe(relay.start().ws(), READ, WRITE);
        assertThat(report.write()).isEqualTo(new NotTested(Reason.NOT_REACHED));
        assertThat(relay.heard).allMatch(message -> !message.getString(0).equals("EVENT"));
    }

    @Test
    void namesWhatIsNotNostr() {
        relay.onOpen(socket -> socket.writeTextMessage("0{\"sid\":\"abc\"}").onFailure(ignored -> {}));
        relay.onMessage((socket, message) -> {});
        assertFailed(impatient().read(), Reason.PROTOCOL);
    }

    @Test
    void looksPastNonsenseToTheAnswer() {
        relay.onOpen(socket -> socket.writeTextMessage("welcome").onFailure(ignored -> {}));
        assertThat(read().read().passed()).isTrue();
    }

    @Test
    void keepsARefusal() {
        relay.onMessage((socket, message) -> say(socket, "CLOSED", message.getString(1), "restricted: members only"));
        CheckReport report = read();
        assertThat(report.read()).isEqualTo(new Refused(Reason.RESTRICTED, "restricted: members only"));
        assertThat(report.state()).isEqualTo(RelayState.ONLINE);
        assertThat(report.phases().read()).isPositive();
        assertThat(report.observed()).isEmpty();
    }

    @Test
    void takesANoticeAloneForALifeSignThatTimesNothing() {
        relay.onMessage((socket, message) -> say(socket, "NOTICE", "error: too busy"));
        CheckReport report = impatient();
        assertThat(report.read()).isEqualTo(new Refused(Reason.ERROR, "error: too busy"));
        assertThat(report.state()).isEqualTo(RelayState.ONLINE);
        assertThat(report.rttRead()).isNull();
    }

    @Test
    void takesAChallengeAloneForALifeSign() {
        relay.onOpen(socket -> say(socket, "AUTH", "challenge"));
        relay.onMessage((socket, message) -> {});
        CheckReport report = impatient();
        assertThat(report.read().reason()).isEqualTo(Reason.AUTH_REQUIRED);
        assertThat(report.rttRead()).isNull();
    }

    @Test
    void answersAChallengeAndAsksOnceMore() {
        relay.onOpen(socket -> say(socket, "AUTH", "challenge"));
        relay.onMessage((socket, message) -> {
            boolean known =
                    relay.heard.stream().anyMatch(said -> said.getString(0).equals("AUTH"));
            switch (message.getString(0)) {
                case "AUTH" -> say(socket, "OK", message.getJsonObject(1).getString("id"), true, "");
                case "REQ" ->
                    say(socket, known ? "EOSE" : "CLOSED", message.getString(1), "auth-required: who are you");
                default -> {}
            }
        });
        CheckReport report = read();
        assertThat(report.read().passed()).isTrue();
        assertThat(report.observed()).containsEntry(Requirement.AUTH, true);
        JsonObject auth = said("AUTH").getJsonObject(1);
        assertThat(auth.getInteger("kind")).isEqualTo(22242);
        assertThat(auth.getString("pubkey")).isEqualTo(ProbeLab.SIGNER.publicKey());
        assertThat(auth.getJsonArray("tags").encode())
                .isEqualTo("[[\"relay\",\"" + relay.ws() + "/\"],[\"challenge\",\"challenge\"]]");
    }

    @Test
    void waitsForAChallengeRightBehindTheRefusal() {
        relay.onMessage((socket, message) -> {
            boolean known =
                    relay.heard.stream().anyMatch(said -> said.getString(0).equals("AUTH"));
            switch (message.getString(0)) {
                case "AUTH" -> say(socket, "OK", message.getJsonObject(1).getString("id"), true, "");
                case "REQ" -> {
                    say(socket, known ? "EOSE" : "CLOSED", message.getString(1), "auth-required: who are you");
                    say(socket, "AUTH", "late");
                }
                default -> {}
            }
        });
        assertThat(read().read().passed()).isTrue();
    }

    @Test
    void showsItsKeyToARelayThatChallengesAndSaysNothingElse() {
        relay.onOpen(socket -> say(socket, "AUTH", "challenge"));
        relay.onMessage((socket, message) -> {
            boolean known =
                    relay.heard.stream().anyMatch(said -> said.getString(0).equals("AUTH"));
            if (message.getString(0).equals("AUTH")) {
                say(socket, "OK", message.getJsonObject(1).getString("id"), true, "");
            } else if (known && message.getString(0).equals("REQ")) {
                say(socket, "EOSE", message.getString(1));
            }
        });
        lab.waiting(READ, 2000);
        CheckReport report = read();
        assertThat(report.read().passed()).isTrue();
        assertThat(report.observed()).containsEntry(Requirement.AUTH, true);
        assertThat(report.phases().read()).as("from the second REQ").isLessThan(java.time.Duration.ofSeconds(1));
    }

    @Test
    void takesALateAnswerToTheFirstQuestionAfterAll() {
        relay.onOpen(socket -> say(socket, "AUTH", "challenge"));
        relay.onMessage((socket, message) -> {
            if (message.getString(0).equals("AUTH")) {
                say(socket, "EOSE", "read");
            }
        });
        lab.waiting(READ, 1000);
        CheckReport report = read();
        assertThat(report.read().passed()).isTrue();
        assertThat(report.phases().read()).isGreaterThan(java.time.Duration.ofMillis(490));
        assertThat(report.observed()).as("who knows what it waited for").isEmpty();
    }

    @Test
    void answersANoticeThatAsksForAuthentication() {
        relay.onOpen(socket -> say(socket, "AUTH", "challenge"));
        relay.onMessage((socket, message) -> {
            boolean known =
                    relay.heard.stream().anyMatch(said -> said.getString(0).equals("AUTH"));
            switch (message.getString(0)) {
                case "AUTH" -> say(socket, "OK", message.getJsonObject(1).getString("id"), true, "");
                case "REQ" -> say(socket, known ? "EOSE" : "NOTICE", known ? "read-again" : "auth-required: who?");
                default -> {}
            }
        });
        CheckReport report = read();
        assertThat(report.read().passed()).isTrue();
        assertThat(report.observed()).containsEntry(Requirement.AUTH, true);
    }

    @Test
    void leavesASubscriptionAloneThatTheRelayHasClosed() {
        relay.onMessage((socket, message) -> say(socket, "CLOSED", message.getString(1), "restricted: members only"));
        lab.probe(relay.start().ws(), READ, WRITE);
        assertThat(relay.heard).doesNotContain(new JsonArray().add("CLOSE").add("read"));
    }

    @Test
    void staysRefusedIfTheAuthenticationIsRefused() {
        relay.onOpen(socket -> say(socket, "AUTH", "challenge"));
        relay.onMessage((socket, message) -> {
            switch (message.getString(0)) {
                case "AUTH" -> say(socket, "OK", message.getJsonObject(1).getString("id"), false, "restricted: no");
                case "REQ" -> say(socket, "CLOSED", message.getString(1), "auth-required: who are you");
                default -> {}
            }
        });
        CheckReport report = read();
        assertThat(report.read()).isEqualTo(new Refused(Reason.AUTH_REQUIRED, "auth-required: who are you"));
        assertThat(report.observed()).containsEntry(Requirement.AUTH, true);
    }

    @Test
    void doesNotAuthenticateWithoutAKey() {
        relay.onOpen(socket -> say(socket, "AUTH", "challenge"));
        relay.onMessage((socket, message) -> say(socket, "CLOSED", message.getString(1), "auth-required: who are you"));
        lab.unsigned();
        assertThat(read().read().reason()).isEqualTo(Reason.AUTH_REQUIRED);
        assertThat(relay.heard).noneMatch(message -> message.getString(0).equals("AUTH"));
    }

    @Test
    void keepsTheCodeOfACloseInsteadOfAnAnswer() {
        relay.onMessage(
                (socket, message) -> socket.close((short) 1008, "go away").onFailure(ignored -> {}));
        CheckReport report = read();
        assertFailed(report.read(), Reason.CLOSED);
        assertThat(report.read().evidence()).isEqualTo("1008 go away");
    }

    private CheckReport read() {
        return lab.probe(relay.start().ws(), READ);
    }

    private CheckReport impatient() {
        return lab.waiting(READ, 300).probe(relay.start().ws(), READ);
    }

    private JsonArray said(String type) {
        return relay.heard.stream()
                .filter(message -> message.getString(0).equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static void assertFailed(org.nostrmonitor.relay.Outcome outcome, Reason reason) {
        assertThat(outcome).isInstanceOf(Failed.class);
        assertThat(((Failed) outcome).stage()).isEqualTo(Stage.READ);
        assertThat(outcome.reason()).as(outcome.toString()).isEqualTo(reason);
    }
}
