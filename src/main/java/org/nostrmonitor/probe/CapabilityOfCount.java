package org.nostrmonitor.probe;

import io.vertx.core.Future;
import java.util.List;
import org.nostrmonitor.nostr.ClientMessage;
import org.nostrmonitor.nostr.RelayMessage;
import org.nostrmonitor.probe.CapabilityReply.Answer;
import org.nostrmonitor.relay.Capability;
import org.nostrmonitor.relay.Capability.Finding;

/** NIP-45: asks how many events have an id that nobody has. The answer is zero. */
final class CapabilityOfCount implements CapabilityTest {
    private static final String QUERY = "count";

    private final CapabilityTalk talk;

    CapabilityOfCount(CapabilityTalk talk) {
        this.talk = talk;
    }

    @Override
    public int nip() {
        return 45;
    }

    @Override
    public Future<Capability> run() {
        return talk.askBeforeRequest(
                        new ClientMessage.Count(QUERY, List.of(CapabilityTalk.nothing())),
                        QUERY,
                        message -> message instanceof RelayMessage.Count count
                                && count.query().equals(QUERY))
                .map(CapabilityOfCount::found);
    }

    private static Capability found(CapabilityReply reply) {
        if (reply instanceof Answer answer && answer.message() instanceof RelayMessage.Count count) {
            return CapabilityReply.found(count.count() == 0 ? Finding.CONFIRMED : Finding.REFUTED, answer.seen());
        }
        return CapabilityReply.unanswered(reply);
    }
}
