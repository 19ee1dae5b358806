package org.nostrmonitor.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.probe.ScriptedRelay.say;
import static org.nostrmonitor.relay.Capability.Finding.CONFIRMED;
import static org.nostrmonitor.relay.Capability.Finding.NOT_TESTED;
import static org.nostrmonitor.relay.Capability.Finding.REFUTED;

import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nostrmonitor.nostr.EventJson;
import org.nostrmonitor.nostr.EventTemplate;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.relay.Capability;
import org.nostrmonitor.relay.Capability.Finding;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.CheckType;
import org.nostrmonitor.relay.RelayState;

class CapabilityCheckTest {
    private static final NostrEvent NOTE =
            ProbeLab.SIGNER.sign(new EventTemplate(1_700_000_000, 1, List.of(), "The harbour was full of fog."));
    private static final NostrEvent OTHER =
            ProbeLab.SIGNER.sign(new EventTemplate(1_600_000_000, 1, List.of(), "An old radio."));

    private final ProbeLab lab = new ProbeLab();
    private final ScriptedRelay relay = new ScriptedRelay(lab.vertx);
    private CheckType[] checks = CheckType.values();

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void asksNothingOfARelayThatClaimsNothing() {
        CheckReport report = claiming("[1, 11]", ScriptedRelay::answerLikeAnEmptyRelay);
        assertThat(report.facts().capabilities().keySet()).containsExactlyInAnyOrder(11, 40, 42, 45, 50, 70, 77);
        assertThat(found(report, 11)).isEqualTo(CONFIRMED);
        assertThat(report.facts().capabilities().get(45)).isEqualTo(new Capability(NOT_TESTED, "not claimed"));
        assertThat(relay.heard.stream().map(message -> message.getString(0)))
                .containsExactly("REQ", "CLOSE", "REQ", "EVENT", "CLOSE");
        assertThat(relay.sockets).hasSize(1);
    }

    @Test
    void testsNothingWhenItIsNotDue() {
        checks = new CheckType[] {CheckType.READ, CheckType.WRITE, CheckType.NIP11};
        CheckReport report = claiming("[45]", ScriptedRelay::answerLikeAnEmptyRelay);
        assertThat(report.facts().capabilities()).isEmpty();
        assertThat(relay.heard).noneMatch(message -> message.getString(0).equals("COUNT"));
    }

    @Test
    void findsOutNothingIfTheClaimsCouldNotBeRead() {
        relay.onRequest(request -> request.response().setStatusCode(503).end().onFailure(ignored -> {}));
        CheckReport report = lab.probe(relay.start().ws(), checks);
        assertThat(report.facts().capabilities()).isEmpty();
    }

    @Test
    void refutesNip11WhereThereIsNoDocument() {
        CheckReport report = lab.probe(relay.start().ws(), checks);
        assertThat(report.facts().capabilities().get(11)).isEqualTo(new Capability(REFUTED, "HTTP 404"));
    }

    /** Columns: the answer to a COUNT with its query as %s, what it shows. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ["COUNT","%s",{"count":0}]                      | CONFIRMED
            ["COUNT","%s",{"count":0,"approximate":true}]   | CONFIRMED
            ["COUNT","%s",{"count":93412452}]               | REFUTED
            ["CLOSED","%s","unsupported: COUNT"]            | REFUTED
            ["NOTICE","ERROR: bad msg: unknown cmd"]        | REFUTED
            ["CLOSED","%s","auth-required: who are you?"]   | NOT_TESTED
            ["CLOSED","%s","rate-limited: slow down"]       | NOT_TESTED
            ["CLOSED","%s","error: database is away"]       | NOT_TESTED
            """)
    void countsWhatNobodyHas(String answer, Finding finding) {
        CheckReport report = claiming("[45]", (socket, message) -> {
            if (message.getString(0).equals("COUNT")) {
                socket.writeTextMessage(answer.replace("%s", message.getString(1)))
                        .onFailure(ignored -> {});
            } else {
                ScriptedRelay.answerLikeAnEmptyRelay(socket, message);
            }
        });
        assertThat(found(report, 45)).as(seen(report, 45)).isEqualTo(finding);
        assertThat(seen(report, 45)).isEqualTo(answer.replace("%s", "count"));
    }

    @Test
    void refutesByASilenceThatARequestBehindItBreaks() {
        lab.waiting(CheckType.CAPABILITIES, 2000);
        CheckReport report = claiming("[45]", ScriptedRelay::answerLikeAnEmptyRelay);
        assertThat(found(report, 45)).isEqualTo(REFUTED);
        assertThat(seen(report, 45)).contains("a REQ sent behind it was answered");
    }

    @Test
    void believesALateAnswerOfARelayThatIsOnlySlow() {
        lab.waiting(CheckType.CAPABILITIES, 2000);
        ServerWebSocket[] asked = new ServerWebSocket[1];
        CheckReport report = claiming("[45]", (socket, message) -> {
            if (message.getString(0).equals("COUNT")) {
                asked[0] = socket;
            } else {
                if (message.getString(1).equals("still-there")) {
                    say(socket, "COUNT", "count", new JsonObject().put("count", 0));
                }
                ScriptedRelay.answerLikeAnEmptyRelay(socket, message);
            }
        });
        assertThat(asked[0]).isNotNull();
        assertThat(found(report, 45)).isEqualTo(CONFIRMED);
    }

    @Test
    void doesNotLetARelayThatHangsUpTakeBackWhatWasFound() {
        CheckReport report = claiming("[45, 77]", (socket, message) -> {
            if (message.getString(0).equals("COUNT")) {
                socket.close((short) 1003, "what?").onFailure(ignored -> {});
            } else {
                ScriptedRelay.answerLikeAnEmptyRelay(socket, message);
            }
        });
        assertThat(report.state()).isEqualTo(RelayState.ONLINE);
        assertThat(report.write().passed()).isTrue();
        assertThat(report.facts().capabilities().get(45))
                .isEqualTo(new Capability(NOT_TESTED, "it ended the connection: closed 1003 what?"));
        assertThat(report.facts().capabilities().get(77))
                .isEqualTo(new Capability(NOT_TESTED, "the connection was over: closed 1003 what?"));
    }

    /** Columns: the answer to a NEG-OPEN, what it shows. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ["NEG-MSG","sync","6100000200"]                    | CONFIRMED
            ["NEG-MSG","sync","61"]                            | CONFIRMED
            ["NEG-MSG","sync","62"]                            | NOT_TESTED
            ["NEG-MSG","sync","hello"]                         | REFUTED
            ["NEG-ERR","sync","blocked: too many of you"]      | NOT_TESTED
            ["NOTICE","ERROR: bad msg: negentropy disabled"]   | REFUTED
            """)
    void offersToCompareTwoEmptySets(String answer, Finding finding) {
        CheckReport report = claiming("[77]", (socket, message) -> {
            if (message.getString(0).equals("NEG-OPEN")) {
                socket.writeTextMessage(answer).onFailure(ignored -> {});
            } else {
                ScriptedRelay.answerLikeAnEmptyRelay(socket, message);
            }
        });
        assertThat(found(report, 77)).as(seen(report, 77)).isEqualTo(finding);
        assertThat(relay.heard)
                .anyMatch(message -> message.getString(0).equals("NEG-OPEN")
                        && message.getString(3).equals("6100000200"));
    }

    @Test
    void searchesForNonsenseAndForAWordOfANote() {
        CheckReport report = searching(words -> words.equals("harbour") ? NOTE : null);
        assertThat(found(report, 50)).isEqualTo(CONFIRMED);
        assertThat(seen(report, 50)).startsWith("nothing for nonsense; for \"harbour\" [\"EVENT\",\"search-word\",{");
    }

    @Test
    void refutesASearchThatFindsTheSameNoteForNonsense() {
        CheckReport report = searching(words -> NOTE);
        assertThat(found(report, 50)).isEqualTo(REFUTED);
    }

    @Test
    void doesNotJudgeASearchByLikeness() {
        assertThat(found(searching(words -> OTHER), 50)).isEqualTo(NOT_TESTED);
    }

    @Test
    void doesNotConfirmASearchThatFindsNothing() {
        assertThat(found(searching(words -> null), 50)).isEqualTo(NOT_TESTED);
    }

    @Test
    void cannotJudgeTheSearchOfAnEmptyRelay() {
        CheckReport report = claiming("[50]", ScriptedRelay::answerLikeAnEmptyRelay);
        assertThat(found(report, 50)).isEqualTo(NOT_TESTED);
        assertThat(relay.heard).noneMatch(message -> message.encode().contains("\"search\":"));
    }

    /** Columns: the claim, the answer to the event that tests it, what it shows. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            40 | false | invalid: event expired               | CONFIRMED
            40 | false | rate-limited: event expired          | NOT_TESTED
            40 | false | invalid: no                          | NOT_TESTED
            40 | true  | ``                                   | NOT_TESTED
            70 | false | blocked: event marked as protected   | CONFIRMED
            70 | false | auth-required: protected             | CONFIRMED
            70 | false | rate-limited: slow down              | NOT_TESTED
            70 | false | error: database is away              | NOT_TESTED
            70 | true  | ``                                   | REFUTED
            """)
    void writesAnEventThatMustBeRefused(int nip, boolean accepted, String words, Finding finding) {
        CheckReport report = claiming("[" + nip + "]", (socket, message) -> {
            JsonObject event = message.getString(0).equals("EVENT") ? message.getJsonObject(1) : new JsonObject();
            if (isTest(event)) {
                say(socket, "OK", event.getString("id"), accepted, words);
            } else {
                ScriptedRelay.answerLikeAnEmptyRelay(socket, message);
            }
        });
        assertThat(found(report, nip)).as(seen(report, nip)).isEqualTo(finding);
        assertThat(relay.heard)
                .filteredOn(message -> message.getString(0).equals("EVENT"))
                .hasSize(2);
        assertThat(relay.heard)
                .filteredOn(message -> message.getString(0).equals("EVENT"))
                .allMatch(message -> message.getJsonObject(1).getInteger("kind") == 22166);
    }

    private static boolean isTest(JsonObject event) {
        return event.getString("content", "").contains("as it says");
    }

    @Test
    void writesNothingMoreToARelayThatTakesNothing() {
        CheckReport report = claiming("[40, 70]", (socket, message) -> {
            if (message.getString(0).equals("EVENT")) {
                say(socket, "OK", message.getJsonObject(1).getString("id"), false, "blocked: no");
            } else {
                ScriptedRelay.answerLikeAnEmptyRelay(socket, message);
            }
        });
        assertThat(found(report, 40)).isEqualTo(NOT_TESTED);
        assertThat(found(report, 70)).isEqualTo(NOT_TESTED);
        assertThat(relay.heard)
                .filteredOn(message -> message.getString(0).equals("EVENT"))
                .hasSize(1);
    }

    @Test
    void writesNothingWhenWritesAreNotTested() {
        checks = new CheckType[] {CheckType.READ, CheckType.NIP11, CheckType.CAPABILITIES};
        claiming("[40, 70]", ScriptedRelay::answerLikeAnEmptyRelay);
        assertThat(relay.heard).noneMatch(message -> message.getString(0).equals("EVENT"));
    }

    @Test
    void confirmsAuthenticationByAChallenge() {
        relay.onOpen(socket -> say(socket, "AUTH", "abc"));
        CheckReport report = claiming("[1]", ScriptedRelay::answerLikeAnEmptyRelay);
        assertThat(report.facts().capabilities().get(42)).isEqualTo(new Capability(CONFIRMED, "[\"AUTH\",\"abc\"]"));
    }

    @Test
    void refutesAuthenticationThatIsAskedForWithoutAChallenge() {
        CheckReport report = claiming(
                "[42]",
                (socket, message) -> say(socket, "CLOSED", message.getString(1), "auth-required: who are you?"));
        assertThat(found(report, 42)).isEqualTo(REFUTED);
    }

    private CheckReport searching(Index answer) {
        return claiming("[50]", (socket, message) -> {
            String subscription = message.getString(1);
            if (message.getString(0).equals("REQ") && !subscription.equals("write")) {
                String words = message.getJsonObject(2).getString("search");
                NostrEvent found = words == null ? NOTE : answer.of(words);
                if (found != null) {
                    say(socket, "EVENT", subscription, new JsonObject(EventJson.write(found)));
                }
            }
            ScriptedRelay.answerLikeAnEmptyRelay(socket, message);
        });
    }

    private interface Index {
        @Nullable
        NostrEvent of(String words);
    }

    private CheckReport claiming(String nips, BiConsumer<ServerWebSocket, JsonArray> script) {
        relay.onMessage(script);
        relay.onRequest(request -> request.response()
                .putHeader("Content-Type", "application/nostr+json")
                .end("{\"supported_nips\":" + nips + "}")
                .onFailure(ignored -> {}));
        return lab.probe(relay.start().ws(), checks);
    }

    private static Finding found(CheckReport report, int nip) {
        return Objects.requireNonNull(report.facts().capabilities().get(nip)).finding();
    }

    private static String seen(CheckReport report, int nip) {
        return Objects.requireNonNull(report.facts().capabilities().get(nip)).seen();
    }
}
