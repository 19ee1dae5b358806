package org.nostrmonitor.probe;

import org.nostrmonitor.nostr.RelayMessage;
import org.nostrmonitor.relay.Capability;
import org.nostrmonitor.relay.Capability.Finding;

/** What came of one question about a capability. */
sealed interface CapabilityReply {
    /** The message that the NIP has for an answer. {@code seen} is that message as received. */
    record Answer(RelayMessage message, String seen) implements CapabilityReply {}

    /** A no, in whichever form. {@code words} is what the relay wrote, {@code seen} the whole message as received. */
    record No(String words, String seen) implements CapabilityReply {}

    /** Nothing, while a REQ right behind it was answered. */
    record Silence() implements CapabilityReply {}

    /** Nothing that shows anything: {@code why}. */
    record Nothing(String why) implements CapabilityReply {}

    /**
     * What a reply shows that is no answer, of a relay that claims the capability. A rate limit, a policy, a wish for
     * authentication and an accident show nothing.
     */
    static Capability unanswered(CapabilityReply reply) {
        if (reply instanceof No no) {
            return found(Refusal.isInability(no.words()) ? Finding.REFUTED : Finding.NOT_TESTED, no.seen());
        }
        return reply instanceof Nothing nothing
                ? notTested(nothing.why())
                : found(Finding.REFUTED, "no answer, while a REQ sent behind it was answered");
    }

    static Capability found(Finding finding, String seen) {
        return new Capability(finding, Evidence.bounded(seen));
    }

    static Capability notTested(String why) {
        return found(Finding.NOT_TESTED, why);
    }
}
