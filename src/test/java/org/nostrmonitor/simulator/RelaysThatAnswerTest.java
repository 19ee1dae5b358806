package org.nostrmonitor.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nostrmonitor.nostr.ClientMessage;
import org.nostrmonitor.nostr.Filter;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.nostr.RelayMessage;
import org.nostrmonitor.nostr.Signatures;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.simulator.PlainClient.Talk;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RelaysThatAnswerTest {
    private static final ClientMessage ASK = new ClientMessage.Req("ask", List.of(Filter.ANY.withLimit(3)));

    private final Vertx vertx = Vertx.vertx();
    private final Events events = new Events();
    private SimulatedNetwork network;
    private PlainClient client;

    @BeforeAll
    void start(@TempDir Path directory) {
        network = PlainClient.await(SimulatedNetwork.start(
                vertx, SimulatedNetwork.Options.of(200, 7, directory).withLatencyScale(0.05)));
        client = new PlainClient(network);
    }

    @AfterAll
    void stop() {
        client.close();
        PlainClient.await(vertx.close());
    }

    private SimulatedRelay one(Behaviour behaviour) {
        return all(behaviour).get(0);
    }

    private List<SimulatedRelay> all(Behaviour behaviour) {
        return network.relays().stream()
                .filter(relay -> relay.behaviour() == behaviour)
                .toList();
    }

    private Talk open(Behaviour behaviour) {
        return client.open(one(behaviour).url());
    }

    private static List<NostrEvent> answersOf(Talk talk) {
        List<NostrEvent> answers = new ArrayList<>();
        RelayMessage message = talk.hear();
        while (message instanceof RelayMessage.Event event) {
            answers.add(event.event());
            message = talk.hear();
        }
        assertThat(message).isEqualTo(new RelayMessage.Eose("ask"));
        return answers;
    }

    @Test
    void healthyRelaysServeSignedNotesOverPlainAndTls() {
        List<SimulatedRelay> healthy = all(Behaviour.HEALTHY);
        SimulatedRelay plain = healthy.stream()
                .filter(relay -> !relay.url().secure())
                .findFirst()
                .orElseThrow();
        SimulatedRelay secure = healthy.stream()
                .filter(relay -> relay.url().secure())
                .findFirst()
                .orElseThrow();
        for (SimulatedRelay relay : List.of(plain, secure)) {
            Talk talk = client.open(relay.url());
            talk.say(ASK);
            assertThat(answersOf(talk)).hasSizeBetween(1, 3).allMatch(Signatures::verify);
        }
    }

    @Test
    void anEphemeralEventIsAcceptedAndSentToWhoListens() {
        Talk writer = open(Behaviour.HEALTHY);
        Talk reader = open(Behaviour.HEALTHY);
        NostrEvent event = events.now(Events.EPHEMERAL);
        for (Talk talk : List.of(writer, reader)) {
            talk.say(new ClientMessage.Req("mine", List.of(Filter.ANY.withIds(List.of(event.id())))));
            assertThat(talk.hear()).isEqualTo(new RelayMessage.Eose("mine"));
        }
        writer.say(new ClientMessage.Event(event));
        assertThat(writer.hear()).isEqualTo(new RelayMessage.Ok(event.id(), true, ""));
        assertThat(writer.hear()).isEqualTo(new RelayMessage.Event("mine", event));
        assertThat(reader.hear()).isEqualTo(new RelayMessage.Event("mine", event));
    }

    @Test
    void aClosedSubscriptionHearsNothingMore() {
        Talk talk = open(Behaviour.HEALTHY);
        NostrEvent event = events.now(Events.EPHEMERAL);
        talk.say(new ClientMessage.Req("ask", List.of(Filter.ANY.withIds(List.of(event.id())))));
        assertThat(answersOf(talk)).isEmpty();
        talk.say(new ClientMessage.Close("ask"));
        talk.say(new ClientMessage.Event(event));
        assertThat(talk.hear(RelayMessage.Ok.class).accepted()).isTrue();
        talk.say(new ClientMessage.Event(events.now(Events.EPHEMERAL)));
        assertThat(talk.hear(RelayMessage.Ok.class).accepted()).isTrue();
    }

    @Test
    void aForgedEventIsInvalidAndNonsenseGetsANotice() {
        Talk talk = open(Behaviour.HEALTHY);
        NostrEvent forged = Events.forged(events.now(Events.EPHEMERAL));
        talk.say(new ClientMessage.Event(forged));
        RelayMessage.Ok ok = talk.hear(RelayMessage.Ok.class);
        assertThat(ok.accepted()).isFalse();
        assertThat(ok.message()).startsWith("invalid:");
        talk.say("[\"HELLO\"");
        talk.hear(RelayMessage.Notice.class);
    }

    @Test
    void anExpiredEventAndOneOfTheFutureAreInvalid() {
        Talk talk = open(Behaviour.HEALTHY);
        long now = System.currentTimeMillis() / 1000;
        NostrEvent expired = events.at(now, Events.EPHEMERAL, List.of(List.of("expiration", "" + (now - 5))), "");
        NostrEvent future = events.at(now + 100_000, Events.EPHEMERAL, List.of(), "");
        for (NostrEvent event : List.of(expired, future)) {
            talk.say(new ClientMessage.Event(event));
            assertThat(talk.hear(RelayMessage.Ok.class).accepted()).isFalse();
        }
    }

    @Test
    void subscriptionsAreBounded() {
        Talk talk = open(Behaviour.EMPTY);
        for (int i = 0; i < Limits.MOST_SUBSCRIPTIONS; i++) {
            talk.say(new ClientMessage.Req("s" + i, List.of(Filter.ANY)));
            talk.hear(RelayMessage.Eose.class);
        }
        talk.say(new ClientMessage.Req("one too many", List.of(Filter.ANY)));
        assertThat(talk.hear(RelayMessage.Closed.class).message()).startsWith("error:");
    }

    @Test
    void aRelayThatWantsAKeyServesAfterTheChallengeIsAnswered() {
        boolean[] atConnect = new boolean[2];
        for (SimulatedRelay relay : all(Behaviour.AUTH_REQUIRED)) {
            Talk talk = client.open(relay.url());
            talk.say(ASK);
            RelayMessage.Auth auth = talk.hear(RelayMessage.Auth.class);
            assertThat(talk.hear(RelayMessage.Closed.class).message()).startsWith("auth-required:");
            atConnect[relay.seed() % 2 == 0 ? 0 : 1] = true;
            NostrEvent event = events.now(Events.EPHEMERAL);
            talk.say(new ClientMessage.Event(event));
            RelayMessage next = talk.hear();
            RelayMessage refusal = next instanceof RelayMessage.Auth ? talk.hear() : next;
            assertThat(((RelayMessage.Ok) refusal).message()).startsWith("auth-required:");

            NostrEvent answer = events.answerTo(auth.challenge(), relay.url());
            talk.say(new ClientMessage.Auth(answer));
            assertThat(talk.hear()).isEqualTo(new RelayMessage.Ok(answer.id(), true, ""));
            talk.say(ASK);
            assertThat(answersOf(talk)).isNotEmpty();
            talk.say(new ClientMessage.Event(event));
            assertThat(talk.hear(RelayMessage.Ok.class).accepted()).isTrue();
        }
        assertThat(atConnect).as("both ways of asking are in the network").containsOnly(true);
    }

    @Test
    void anAnswerToAnotherChallengeOrForAnotherRelayProvesNothing() {
        SimulatedRelay relay = one(Behaviour.AUTH_REQUIRED);
        Talk talk = client.open(relay.url());
        talk.say(ASK);
        String challenge = talk.hear(RelayMessage.Auth.class).challenge();
        talk.hear(RelayMessage.Closed.class);
        List<NostrEvent> wrong = List.of(
                events.answerTo("another", relay.url()),
                events.answerTo(challenge, one(Behaviour.HEALTHY).url()),
                Events.forged(events.answerTo(challenge, relay.url())));
        for (NostrEvent answer : wrong) {
            talk.say(new ClientMessage.Auth(answer));
            assertThat(talk.hear(RelayMessage.Ok.class).accepted()).isFalse();
        }
    }

    @Test
    void aRelayThatRefusesEveryKeySaysRestricted() {
        SimulatedRelay relay = one(Behaviour.AUTH_REFUSED);
        Talk talk = client.open(relay.url());
        talk.say(ASK);
        String challenge = talk.hear(RelayMessage.Auth.class).challenge();
        talk.hear(RelayMessage.Closed.class);
        talk.say(new ClientMessage.Auth(events.answerTo(challenge, relay.url())));
        assertThat(talk.hear(RelayMessage.Ok.class).accepted()).isTrue();
        talk.say(ASK);
        assertThat(talk.hear(RelayMessage.Closed.class).message()).startsWith("restricted:");
        talk.say(new ClientMessage.Event(events.now(Events.EPHEMERAL)));
        assertThat(talk.hear(RelayMessage.Ok.class).message()).startsWith("restricted:");
    }

    @ParameterizedTest
    @EnumSource(names = {"WRITE_RESTRICTED", "WRITE_BLOCKED", "PAID", "POW"})
    void aRelayThatRefusesWritesServesReadsAndSaysWhy(Behaviour behaviour) {
        Talk talk = open(behaviour);
        talk.say(ASK);
        assertThat(answersOf(talk)).isNotEmpty();
        talk.say(new ClientMessage.Event(events.now(Events.EPHEMERAL)));
        RelayMessage.Ok ok = talk.hear(RelayMessage.Ok.class);
        assertThat(ok.accepted()).isFalse();
        String prefix = switch (behaviour) {
            case WRITE_BLOCKED -> "blocked:";
            case POW -> "pow:";
            default -> "restricted:";
        };
        assertThat(ok.message()).startsWith(prefix);
    }

    @Test
    void anEmptyRelayAnswersWithEoseAlone() {
        Talk talk = open(Behaviour.EMPTY);
        talk.say(ASK);
        assertThat(answersOf(talk)).isEmpty();
    }

    @Test
    void aSlowRelayTakesSeconds() {
        Talk talk = open(Behaviour.SLOW);
        long start = System.nanoTime();
        talk.say(ASK);
        answersOf(talk);
        assertThat((System.nanoTime() - start) / 1_000_000).isGreaterThanOrEqualTo(Limits.SLOW_FROM_MS);
    }

    @Test
    void aClientThatLeavesDuringTheUpgradeDoesNoHarm() {
        List<Throwable> unhandled = new CopyOnWriteArrayList<>();
        vertx.exceptionHandler(unhandled::add);
        SimulatedRelay slow = all(Behaviour.SLOW).stream()
                .filter(relay -> !relay.url().secure())
                .findFirst()
                .orElseThrow();
        client.leaveDuringUpgrade(slow.url());
        // Takes twice the least delay, the most that the abandoned upgrade can take.
        Talk talk = client.open(slow.url());
        talk.say(ASK);
        answersOf(talk);
        assertThat(unhandled).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"HEALTHY", "AUTH_REQUIRED", "PAID", "POW", "WRITE_RESTRICTED", "SILENT"})
    void theDocumentIsServedOnTheSameUrl(Behaviour behaviour) throws Exception {
        SimulatedRelay relay = one(behaviour);
        PlainClient.Answer answer = client.get(relay.url(), "application/nostr+json");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.type()).isEqualTo("application/nostr+json");
        assertThat(new JsonObject(answer.body())).isEqualTo(relay.document());
        JsonObject limitation = relay.document().getJsonObject("limitation");
        assertThat(limitation.getBoolean("auth_required")).isEqualTo(behaviour == Behaviour.AUTH_REQUIRED);
        assertThat(limitation.getBoolean("payment_required")).isEqualTo(behaviour == Behaviour.PAID);
        assertThat(limitation.containsKey("min_pow_difficulty")).isEqualTo(behaviour == Behaviour.POW);
    }

    @Test
    void aBrowserGetsASentence() {
        PlainClient.Answer answer = client.get(one(Behaviour.HEALTHY).url(), "text/html");
        assertThat(answer.type()).isEqualTo("text/plain");
        assertThat(answer.body()).contains("Nostr client");
    }

    @Test
    void aMissingDocumentIs404AndABrokenOneIsNoObject() {
        assertThat(client.get(one(Behaviour.NIP11_MISSING).url(), "application/nostr+json")
                        .status())
                .isEqualTo(404);
        PlainClient.Answer broken = client.get(one(Behaviour.NIP11_BROKEN).url(), "application/nostr+json");
        assertThat(broken.status()).isEqualTo(200);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> new JsonObject(broken.body()))
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void documentsDifferAmongRelays() {
        assertThat(all(Behaviour.HEALTHY).stream()
                        .map(relay -> relay.document().getString("software"))
                        .distinct())
                .hasSizeGreaterThan(3);
        assertThat(all(Behaviour.HEALTHY).stream()
                        .map(relay -> relay.document().getString("name"))
                        .distinct())
                .hasSizeGreaterThan(30);
    }

    @Test
    void fiveHundredConnectionsAreServedAtATime() {
        List<RelayUrl> plain = all(Behaviour.HEALTHY).stream()
                .map(SimulatedRelay::url)
                .filter(url -> !url.secure())
                .toList();
        List<RelayUrl> urls = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            urls.add(plain.get(i % plain.size()));
        }
        List<Talk> talks = client.openAll(urls);
        talks.forEach(talk -> talk.say(ASK));
        talks.forEach(talk -> assertThat(answersOf(talk)).isNotEmpty());
    }
}
