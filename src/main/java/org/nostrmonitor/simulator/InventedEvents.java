package org.nostrmonitor.simulator;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.nostrmonitor.nostr.EventSigner;
import org.nostrmonitor.nostr.EventTemplate;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.nostr.ProtocolException;
import org.nostrmonitor.nostr.SecretKey;

/** Notes (kind 1) of a few invented people. All relays of a network serve from the same, so that they cost nothing each. */
final class InventedEvents {
    private static final int AUTHORS = 12;
    private static final int NOTES = 240;
    private static final int MOST_PER_RELAY = 20;

    private static final List<String> OPENINGS =
            List.of("Good morning", "Finally", "Reading again:", "Today", "Small note to self:", "Anyone else?");
    private static final List<String> ENDINGS = List.of(
            "the harbour was full of fog",
            "the bread came out right",
            "moved my notes to a second relay",
            "the train was on time, somehow",
            "planted the last of the beans",
            "an old radio still works");

    private final List<NostrEvent> notes;

    private InventedEvents(List<NostrEvent> notes) {
        this.notes = notes;
    }

    /** Signs them, which takes a while and may load a native library: not for an event loop. */
    static InventedEvents sign(long seed, long nowSeconds) {
        Random random = new Random(seed);
        List<EventSigner> authors = new ArrayList<>();
        for (int i = 0; i < AUTHORS; i++) {
            authors.add(author(random));
        }
        List<NostrEvent> notes = new ArrayList<>();
        for (int i = 0; i < NOTES; i++) {
            String text = one(OPENINGS, random) + " " + one(ENDINGS, random) + ".";
            EventTemplate note = new EventTemplate(nowSeconds - 3600L - i * 977L, Kinds.TEXT_NOTE, List.of(), text);
            notes.add(one(authors, random).sign(note));
        }
        return new InventedEvents(List.copyOf(notes));
    }

    /** A key that the seed decides: whoever knows the code has it, and it signs nothing but these notes. */
    private static EventSigner author(Random random) {
        BigInteger secret = new BigInteger(248, random).add(BigInteger.ONE);
        try {
            return EventSigner.of(SecretKey.parse("%064x".formatted(secret)));
        } catch (ProtocolException e) {
            throw new IllegalStateException("a number below 2^248 is a secret key", e);
        }
    }

    /** What one relay has, newest first. */
    List<NostrEvent> of(SimulatedRelay relay) {
        if (relay.behaviour() == Behaviour.EMPTY) {
            return List.of();
        }
        Random random = relay.random(1);
        int count = 1 + random.nextInt(MOST_PER_RELAY);
        int from = random.nextInt(notes.size() - count);
        return notes.subList(from, from + count);
    }

    private static <T> T one(List<T> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }
}
