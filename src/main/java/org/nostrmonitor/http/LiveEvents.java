package org.nostrmonitor.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The newest events of the live stream, so that whoever was cut off can go on. An id names the run of this process and the
 * number of the event in it: after a restart, and behind another node, an id is of no use.
 */
final class LiveEvents {
    static final int MOST_KEPT = 500;
    private static final int MOST_CHARACTERS = 2_000_000;

    private final String run;
    private final Deque<Event> kept = new ArrayDeque<>();
    private long last;
    private int characters;

    /** @param run letters and digits, unlike those of any other run */
    LiveEvents(String run) {
        this.run = run;
    }

    /**
     * @param relays that it tells of, by URL
     * @param text as it goes over the wire
     */
    record Event(long number, String type, Set<String> relays, String text) {}

    /**
     * @param relays that it tells of, by URL
     * @param data one line of JSON
     */
    Event add(String type, Set<String> relays, String data) {
        last++;
        String text = "id: " + run + "-" + last + "\nevent: " + type + "\ndata: " + data + "\n\n";
        Event event = new Event(last, type, relays, text);
        kept.add(event);
        characters += event.text.length();
        while (kept.size() > MOST_KEPT || characters > MOST_CHARACTERS) {
            characters -= kept.remove().text.length();
        }
        return event;
    }

    /** The id of the newest. */
    String newest() {
        return run + "-" + last;
    }

    /** What came after that event, oldest first; null if it is not known any more, or never was. */
    @Nullable
    List<Event> after(String id) {
        if (!id.startsWith(run + "-") || !id.substring(run.length() + 1).matches("[0-9]{1,18}")) {
            return null;
        }
        long number = Long.parseLong(id.substring(run.length() + 1));
        long oldest = last - kept.size() + 1;
        if (number > last || number < oldest - 1) {
            return null;
        }
        List<Event> missed = new ArrayList<>();
        kept.stream().filter(event -> event.number > number).forEach(missed::add);
        return missed;
    }
}
