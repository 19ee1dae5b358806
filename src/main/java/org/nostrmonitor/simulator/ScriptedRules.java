package org.nostrmonitor.simulator;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.Filter;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.nostr.ProofOfWork;
import org.nostrmonitor.relay.RelayUrl;

/** The rules of a simulated relay, by its behaviour. */
final class ScriptedRules implements RelayRules {
    /** The proof of work (NIP-13) asked for: more than an event has by chance. */
    static final int POW_BITS = 28;

    /** What is done in a moment. */
    static final int EASY_POW_BITS = 12;

    private static final int MOST_OF_STRANGERS = 100;

    private final SimulatedRelay relay;
    private final List<NostrEvent> notes;
    private final Latency latency;
    private final Audience audience = new Audience();
    private @Nullable EventStore taken;

    ScriptedRules(SimulatedRelay relay, List<NostrEvent> notes, Latency latency) {
        this.relay = relay;
        this.notes = notes;
        this.latency = latency;
    }

    @Override
    public RelayUrl url() {
        return relay.url();
    }

    /** Half of them ask at connect, half only when there is need: NIP-42 allows both. */
    @Override
    public Challenge challenge() {
        if (!relay.behaviour().asksForKey()) {
            return Challenge.NEVER;
        }
        return switch (relay.behaviour()) {
            case AUTH_AT_ONCE -> Challenge.AT_CONNECT;
            case AUTH_LATE -> Challenge.BEHIND_REFUSAL;
            default -> relay.seed() % 2 == 0 ? Challenge.AT_CONNECT : Challenge.WHEN_REFUSED;
        };
    }

    @Override
    public boolean ignores(boolean authenticated) {
        return relay.behaviour() == Behaviour.AUTH_AT_ONCE && !authenticated;
    }

    @Override
    public @Nullable String readRefusal(boolean authenticated) {
        return keyRefusal(authenticated);
    }

    @Override
    public @Nullable String writeRefusal(NostrEvent event, boolean authenticated) {
        return switch (relay.behaviour()) {
            case WRITE_RESTRICTED -> "restricted: only members may write here";
            case WRITE_BLOCKED -> "blocked: this relay takes no events";
            case PAID -> "restricted: payment required, the NIP-11 document says how to join";
            case POW -> hasWork(event, POW_BITS) ? null : "pow: " + POW_BITS + " bits of proof of work needed";
            case POW_EASY ->
                hasWork(event, EASY_POW_BITS)
                        ? null
                        : "pow: difficulty " + ProofOfWork.of(event.id()) + " is less than " + EASY_POW_BITS;
            case RATE_LIMITED -> "rate-limited: slow down there chief";
            case MUTE -> Kinds.ephemeral(event.kind()) ? "mute: no one was listening to your ephemeral event" : null;
            default -> keyRefusal(authenticated);
        };
    }

    private @Nullable String keyRefusal(boolean authenticated) {
        if (!relay.behaviour().asksForKey()) {
            return null;
        }
        if (!authenticated) {
            return "auth-required: prove your key first";
        }
        return relay.behaviour().servesKeys() ? null : "restricted: your key is not on the list";
    }

    /** With the target that it commits to (NIP-13). */
    private static boolean hasWork(NostrEvent event, int bits) {
        return ProofOfWork.of(event.id()) >= bits
                && event.tags().stream()
                        .anyMatch(tag -> tag.size() == 3
                                && tag.get(0).equals("nonce")
                                && tag.get(2).equals(Integer.toString(bits)));
    }

    @Override
    public Skill counts() {
        return switch (relay.behaviour()) {
            case BOASTFUL -> Skill.UNKNOWN;
            case DEAF_TO_COUNT -> Skill.IGNORED;
            case CLOSING_ON_COUNT -> Skill.CLOSES;
            default -> Skill.WORKS;
        };
    }

    @Override
    public Skill searches() {
        return switch (relay.behaviour()) {
            case BOASTFUL -> Skill.UNKNOWN;
            case CLOSING_ON_SEARCH -> Skill.CLOSES;
            default -> Skill.WORKS;
        };
    }

    @Override
    public Skill syncs() {
        return relay.behaviour() == Behaviour.BOASTFUL ? Skill.UNKNOWN : Skill.WORKS;
    }

    @Override
    public boolean dropsExpiredAndProtected() {
        return relay.behaviour() != Behaviour.BOASTFUL;
    }

    @Override
    public String takenText() {
        return relay.behaviour() == Behaviour.DUPLICATE ? "duplicate: it is here already" : "";
    }

    @Override
    public List<NostrEvent> stored(List<Filter> filters) {
        if (relay.behaviour() == Behaviour.EMPTY) {
            return List.of();
        }
        EventStore answers = new EventStore(notes.size() + MOST_OF_STRANGERS);
        notes.forEach(answers::add);
        strangers().forEach(answers::add);
        return answers.query(filters);
    }

    private synchronized List<NostrEvent> strangers() {
        return taken == null ? List.of() : taken.all();
    }

    @Override
    public synchronized String keep(NostrEvent event) {
        if (taken == null) {
            taken = new EventStore(MOST_OF_STRANGERS);
        }
        return taken.add(event).words();
    }

    @Override
    public Audience audience() {
        return audience;
    }

    @Override
    public long delayMs() {
        long usual = latency.nextMs();
        return relay.behaviour() == Behaviour.SLOW ? latency.betweenMs(Limits.SLOW_FROM_MS, Limits.SLOWEST_MS) : usual;
    }
}
