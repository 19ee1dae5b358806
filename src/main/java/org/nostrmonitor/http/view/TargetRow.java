package org.nostrmonitor.http.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.cache.TargetState;
import org.nostrmonitor.cache.TargetState.Refusals;
import org.nostrmonitor.relay.RelayUrl;

/**
 * A publishing target: what waits for it, and what its publisher last said of it.
 *
 * @param waiting events; null if PostgreSQL did not say
 * @param accepted events since the publisher's start; null if no publisher said anything within a minute
 * @param link whether its connection is open, in words; empty if no publisher said anything
 * @param trouble sentences, empty if there is none
 * @param next when it is tried again, or null
 */
public record TargetRow(
        Address address,
        @Nullable String waiting,
        @Nullable String accepted,
        String link,
        List<Said> trouble,
        @Nullable When next) {

    /** Null if neither PostgreSQL nor a publisher said anything. */
    static @Nullable List<TargetRow> of(
            @Nullable Map<String, Integer> depth, @Nullable List<TargetState> states, Instant now) {
        if (depth == null && states == null) {
            return null;
        }
        Map<String, TargetRow> rows = new TreeMap<>();
        if (depth != null) {
            depth.forEach((url, waiting) -> rows.put(url, unspoken(url, waiting)));
        }
        if (states != null) {
            for (TargetState state : states) {
                String url = state.target().value();
                rows.put(url, of(state, depth == null ? null : Numbers.count(depth.getOrDefault(url, 0)), now));
            }
        }
        return List.copyOf(rows.values());
    }

    private static TargetRow unspoken(String url, int waiting) {
        return new TargetRow(Address.of(RelayUrl.of(url)), Numbers.count(waiting), null, "", List.of(), null);
    }

    private static TargetRow of(TargetState state, @Nullable String waiting, Instant now) {
        List<Said> trouble = new ArrayList<>();
        Refusals refusals = state.refusals();
        if (refusals != null) {
            trouble.add(Said.of(refused(refusals)));
        }
        String error = state.lastError();
        if (error != null) {
            trouble.add(Said.of(Sentences.of(error)));
        }
        Instant next = state.nextAttempt();
        return new TargetRow(
                Address.of(state.target()),
                waiting,
                Numbers.count(state.accepted()),
                state.connected() ? "connected" : "not connected",
                trouble,
                next == null ? null : When.of(next, now));
    }

    static String refused(Refusals refusals) {
        String answer = refusals.answer().equals("none") ? "without an answer" : "as " + refusals.answer();
        String how = refusals.count() == 1
                ? "It refused the last event " + answer
                : "It refused the last " + Numbers.count(refusals.count()) + " events, "
                        + (refusals.alike() ? "all " : "the last ") + answer;
        return how + ": " + refusals.text();
    }
}
