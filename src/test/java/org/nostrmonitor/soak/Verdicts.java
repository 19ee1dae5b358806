package org.nostrmonitor.soak;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.Stage;
import org.nostrmonitor.simulator.Expected;
import org.nostrmonitor.simulator.SimulatedRelay;
import org.nostrmonitor.testing.Api;

/** What the monitor says of each relay beside what is true. */
final class Verdicts {
    private final Map<String, String> truths;

    private Verdicts(Map<String, String> truths) {
        this.truths = truths;
    }

    static Verdicts of(List<SimulatedRelay> relays, HostileRelays hostile) {
        Map<String, String> truths = new TreeMap<>(hostile.truths());
        relays.forEach(relay -> truths.put(relay.url().value(), truth(relay.expected())));
        return new Verdicts(truths);
    }

    private static String truth(Expected expected) {
        Stage stage = expected.stage();
        Reason reason = expected.reason();
        return said(
                expected.state().label(), stage == null ? null : stage.label(), reason == null ? null : reason.label());
    }

    static String said(String state, @Nullable String stage, @Nullable String reason) {
        return state + (stage == null ? "" : " at " + stage) + (reason == null ? "" : " for " + reason);
    }

    int relays() {
        return truths.size();
    }

    /** What is said wrongly, in words; what is not known yet is wrong too. */
    List<String> wrong(Api api) {
        List<String> wrong = new ArrayList<>();
        Map<String, String> missing = new TreeMap<>(truths);
        for (JsonObject relay : api.allRelays()) {
            String url = relay.getString("url");
            String said = said(relay.getString("state"), relay.getString("stage"), relay.getString("reason"));
            String truth = missing.remove(url);
            if (!said.equals(truth)) {
                wrong.add(url + " is " + truth + ", but is said to be " + said);
            }
        }
        missing.keySet().forEach(url -> wrong.add(url + " is not in the list"));
        return wrong;
    }
}
