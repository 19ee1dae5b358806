package org.nostrmonitor.http.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.cache.TargetState;
import org.nostrmonitor.cache.TargetState.Refusals;

/** Whether what was found gets to the relays that it is published to. */
final class PublishingAlarms {
    /** One refusal may be about one event. */
    private static final int MANY = 3;

    private PublishingAlarms() {}

    static List<Alarm> of(SystemParts parts) {
        Map<String, Integer> depth = parts.depth();
        List<TargetState> targets = parts.targets();
        List<Alarm> alarms = new ArrayList<>();
        if (targets != null) {
            targets.forEach(target ->
                    add(target, depth == null ? null : depth.get(target.target().value()), alarms));
        } else if (depth != null && parts.queue() != null) {
            nobody(depth.values().stream().mapToInt(Integer::intValue).sum(), alarms);
        }
        return alarms;
    }

    /** Redis answers, and no publisher has told it anything for a minute. */
    private static void nobody(int waiting, List<Alarm> alarms) {
        if (waiting > 0) {
            alarms.add(Alarm.warning(
                    "No publisher is heard of.",
                    events(waiting) + ", and nobody has said for a minute that it sends them.",
                    "Start a node with the role publisher, or see in the log of the one there is what keeps it."));
        }
    }

    private static void add(TargetState state, @Nullable Integer waiting, List<Alarm> alarms) {
        String name = Address.of(state.target()).shown();
        String wait = waiting == null || waiting == 0 ? "" : " " + events(waiting) + " for it.";
        Refusals refusals = state.refusals();
        String error = state.lastError();
        if (refusals != null && refusals.count() >= MANY) {
            alarms.add(Alarm.warning(
                    name + " refuses our events.",
                    TargetRow.refused(refusals) + "." + wait,
                    "Ask its operator to let this monitor’s key write, or take it out of publish.relays."));
        } else if (!state.connected() && error != null && waiting != null && waiting > 0) {
            alarms.add(Alarm.warning(
                    name + " does not take our events.",
                    Sentences.of(error) + wait,
                    "They are kept and tried again; take it out of publish.relays if it is gone for good."));
        }
    }

    private static String events(int waiting) {
        return waiting == 1 ? "1 event waits" : Numbers.count(waiting) + " events wait";
    }
}
