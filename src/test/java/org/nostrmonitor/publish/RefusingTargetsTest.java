package org.nostrmonitor.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nostrmonitor.cache.TargetState;
import org.nostrmonitor.cache.TargetState.Refusals;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.nostr.RelayMessage;
import org.nostrmonitor.publish.ScriptedTarget.Peer;
import org.nostrmonitor.publish.ScriptedTarget.Script;
import org.nostrmonitor.storage.LastWord;

class RefusingTargetsTest {
    @RegisterExtension
    final PublisherLab lab = new PublisherLab();

    @ParameterizedTest
    @ValueSource(strings = {"blocked", "invalid", "pow", "restricted", "error", "mute"})
    void asksNoMoreAboutAnEventThatIsRefusedButAboutTheNext(String why) throws Exception {
        ScriptedTarget target = lab.target(ScriptedTarget.refuse(why + ": not from you"));
        List<String> ids = lab.pending(70, target.url());

        EventPublisher publisher = lab.publish(target.url());
        lab.outbox.awaitEmpty(target.url());
        lab.outbox.awaitReads(lab.outbox.reads() + 3);
        List<String> next = lab.pending(1, target.url());
        lab.outbox.awaitEmpty(target.url());

        ids.addAll(next);
        assertThat(target.receivedIds()).containsExactlyElementsOf(ids);
        assertThat(lab.outbox.words(target.url()))
                .extracting(LastWord::answer, LastWord::text)
                .containsOnly(org.assertj.core.groups.Tuple.tuple(why, why + ": not from you"));
        assertThat(publisher.states().get(0).refusals()).isEqualTo(new Refusals(71, why, why + ": not from you", true));
    }

    @Test
    void saysWhenRefusalsAreOfSeveralKindsAndForgetsThemWithTheNextEventThatIsTaken() throws Exception {
        ScriptedTarget target = lab.target(
                (peer, event) -> peer.ok(event, false, event.createdAt() % 2 == 0 ? "blocked: you" : "invalid: this"));
        lab.pending(4, target.url());
        EventPublisher publisher = lab.publish(target.url());
        lab.outbox.awaitEmpty(target.url());
        Refusals mixed = publisher.states().get(0).refusals();

        target.becomes(ScriptedTarget.ACCEPT);
        lab.pending(1, target.url());
        lab.outbox.awaitEmpty(target.url());

        assertThat(mixed).isEqualTo(new Refusals(4, "invalid", "invalid: this", false));
        TargetState state = publisher.states().get(0);
        assertThat(state.refusals()).isNull();
        assertThat(state.refused()).isEqualTo(4);
        assertThat(state.acceptedAt()).isNotNull();
    }

    @Test
    void settlesWhatWantsAuthenticationFromWhoHasAuthenticated() throws Exception {
        ScriptedTarget target = lab.target(new Challenging(true));
        List<String> ids = lab.pending(5, target.url());

        EventPublisher publisher = lab.publish(target.url());
        lab.outbox.awaitEmpty(target.url());
        lab.outbox.awaitReads(lab.outbox.reads() + 2);

        assertThat(target.receivedIds()).containsAll(ids).hasSizeLessThanOrEqualTo(10);
        assertThat(publisher.states().get(0).refusals())
                .isEqualTo(new Refusals(5, "auth-required", "auth-required: members only", true));
    }

    @Test
    void settlesWhatIsRefusedToWhoMayNotAuthenticateAtAll() throws Exception {
        ScriptedTarget target = lab.target(new Challenging(false));
        lab.pending(5, target.url());

        EventPublisher publisher = lab.publish(target.url());
        lab.outbox.awaitEmpty(target.url());

        Refusals refusals = Objects.requireNonNull(publisher.states().get(0).refusals());
        assertThat(refusals.count()).isEqualTo(5);
        assertThat(target.authentications()).hasSize(1);
    }

    @Test
    void keepsOfALongRefusalWhatCanBeStoredAndShown() throws Exception {
        ScriptedTarget target = lab.target((peer, event) -> peer.say(
                "[\"OK\",\"%s\",false,\"blocked: \\u0000\\ud800%s\"]".formatted(event.id(), "w".repeat(100_000))));
        lab.pending(1, target.url());

        EventPublisher publisher = lab.publish(target.url());
        lab.outbox.awaitEmpty(target.url());

        Refusals refusals = Objects.requireNonNull(publisher.states().get(0).refusals());
        assertThat(refusals.text()).startsWith("blocked: \ufffd\ufffdwww").hasSizeLessThan(210);
        assertThat(lab.outbox.words(target.url()).get(0).text()).hasSize(200);
    }

    /** Asks at once who is there, and takes nothing from anybody. */
    private record Challenging(boolean letsIn) implements Script {
        @Override
        public void connected(Peer peer) {
            peer.say(new RelayMessage.Auth("who"));
        }

        @Override
        public void event(Peer peer, NostrEvent event) {
            peer.ok(event, false, "auth-required: members only");
        }

        @Override
        public void auth(Peer peer, NostrEvent proof) {
            peer.ok(proof, letsIn, letsIn ? "" : "auth-required: I do not know you");
        }
    }
}
