package org.nostrmonitor.publish;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.NostrEvent;
import org.nostrmonitor.storage.LastWord;

/**
 * The events of one target that are on their way: sent and unanswered, or answered and not yet settled in the outbox.
 *
 * <p>After a connection was lost with events unanswered the window is one event wide and doubles with each answer, so that
 * an event that the target cannot bear is soon alone in it, and the others get past.
 */
final class SendWindow {
    private final int widest;
    private final Map<String, Sent> unanswered = new LinkedHashMap<>();
    private final Map<String, LastWord> answered = new LinkedHashMap<>();
    private int width;

    /**
     * @param afterAuth whether it was sent again after authenticating
     * @param waitsForAuth whether the target refused it until we have authenticated
     */
    record Sent(NostrEvent event, long atNanos, boolean afterAuth, boolean waitsForAuth) {
        Sent(NostrEvent event, long atNanos, boolean afterAuth) {
            this(event, atNanos, afterAuth, false);
        }
    }

    SendWindow(int widest) {
        this.widest = widest;
        this.width = widest;
    }

    /** How many more may be sent now; 0 until half of the window is free, so that the outbox is read by the handful. */
    int room() {
        int free = width - unanswered.size() - answered.size();
        return free >= Math.max(1, width / 2) ? free : 0;
    }

    void sent(Sent sent) {
        unanswered.put(sent.event().id(), sent);
    }

    @Nullable
    Sent find(String eventId) {
        return unanswered.get(eventId);
    }

    /** It keeps its place until we have authenticated. */
    void refusedForAuth(Sent sent) {
        unanswered.put(sent.event().id(), new Sent(sent.event(), sent.atNanos(), false, true));
    }

    /** The target wants less at a time: the event is still pending in the outbox, and the next ones go one by one. */
    void limited(String eventId) {
        unanswered.remove(eventId);
        width = 1;
    }

    /** The target has spoken its last word on it. */
    void answered(String eventId, Answer answer, String message) {
        unanswered.remove(eventId);
        answered.put(eventId, new LastWord(eventId, answer.label(), message));
        width = Math.min(widest, width * 2);
    }

    /** Forgets the unanswered ones, since the connection that they were sent on is lost. */
    List<NostrEvent> lose() {
        List<NostrEvent> lost = unanswered.values().stream().map(Sent::event).toList();
        if (!lost.isEmpty()) {
            width = 1;
        }
        unanswered.clear();
        return lost;
    }

    /** The unanswered ones, oldest first. */
    List<Sent> unanswered() {
        return List.copyOf(unanswered.values());
    }

    /** When the oldest unanswered one was sent. */
    @Nullable
    Long oldestNanos() {
        return unanswered.isEmpty()
                ? null
                : unanswered.values().iterator().next().atNanos();
    }

    List<LastWord> toSettle() {
        return List.copyOf(answered.values());
    }

    void settled(Collection<LastWord> words) {
        words.forEach(word -> answered.remove(word.eventId()));
    }

    /** All that must not be read from the outbox again. */
    List<String> ids() {
        List<String> ids = new ArrayList<>(unanswered.keySet());
        ids.addAll(answered.keySet());
        return ids;
    }

    int unansweredSize() {
        return unanswered.size();
    }

    boolean isEmpty() {
        return unanswered.isEmpty() && answered.isEmpty();
    }
}
