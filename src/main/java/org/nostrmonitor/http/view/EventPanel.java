package org.nostrmonitor.http.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.Published;
import org.nostrmonitor.storage.Published.Delivery;

/**
 * A discovery event as it was signed, and what became of it.
 *
 * @param accepted how many targets have it, of how many
 * @param targets by their URL
 * @param whole whether {@code json} is all of it
 */
public record EventPanel(When at, String accepted, List<Target> targets, Said json, boolean whole) {
    private static final int LONGEST = 20_000;

    public EventPanel {
        targets = List.copyOf(targets);
    }

    /**
     * @param at when it said its last word, or since when the event waits for it
     * @param said in the target's words, or null if it said nothing
     */
    public record Target(
            String url,
            ResultMark answer,
            When at,
            @Nullable Said said) {}

    static EventPanel of(Published event, Instant now) {
        Map<RelayUrl, Target> targets = new TreeMap<>();
        event.deliveries().forEach((url, delivery) -> targets.put(url, target(url, delivery, now)));
        event.pending()
                .forEach(url -> targets.put(
                        url,
                        new Target(url.value(), ResultMark.neither("waits"), When.of(event.storedAt(), now), null)));
        String json = EventText.of(event.event());
        long have =
                event.deliveries().values().stream().filter(Delivery::accepted).count();
        return new EventPanel(
                When.exact(Instant.ofEpochSecond(event.event().createdAt()), now),
                targets.isEmpty()
                        ? "no target was to have it"
                        : "accepted by " + have + " of " + Numbers.plural(targets.size(), "target", "targets"),
                new ArrayList<>(targets.values()),
                Said.of(json, LONGEST),
                json.length() <= LONGEST);
    }

    private static Target target(RelayUrl url, Delivery delivery, Instant now) {
        ResultMark answer = switch (delivery.answer()) {
            case "accepted" -> ResultMark.yes("accepted");
            case "duplicate" -> ResultMark.yes("had it already");
            case "none" -> ResultMark.no("no answer");
            case "other" -> ResultMark.no("refused");
            default -> ResultMark.no("refused: " + Said.flat(delivery.answer()));
        };
        String text = delivery.text();
        return new Target(url.value(), answer, When.exact(delivery.at(), now), text.isBlank() ? null : Said.of(text));
    }
}
