package org.nostrmonitor.simulator;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.Filter;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.relay.RelayUrl;

/** The rules of a simulated relay, by its behaviour. */
final class ScriptedRules implements RelayRules {
    /** The proof of work (NIP-13) asked for: more than an event has by chance. */
    static final int POW_BITS = 28;

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
        return relay.seed() % 2 == 0 ? Challenge.AT_CONNECT : Challenge.WHEN_REFUSED;
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
            case POW -> hasWork(event) ? null : "pow: " + POW_BITS + " bits of proof of work needed";
            default -> keyRefusal(authenticated);
        };
    }

    private @Nullable String keyRefusal(boolean authenticated) {
        return switch (relay.behaviour()) {
            case AUTH_REQUIRED -> authenticated ? null : "auth-required: prove your key first";
            case AUTH_REFUSED ->
                authenticated ? "restricted: your key is not on the list" : "auth-required: prove your key first";
            default -> null;
        };
    }

    private static boolean hasWork(NostrEvent event) {
        return new BigInteger(event.id(), 16).bitLength() <= 256 - POW_BITS;
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
