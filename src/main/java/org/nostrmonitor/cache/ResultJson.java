package org.nostrmonitor.cache;

import io.vertx.core.json.JsonObject;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.wire.ReportJson;

/**
 * The little of a result that lists and live pages show, under the names of {@link ReportJson}. Left out: phases and
 * evidence, which are three quarters of a report and stand in PostgreSQL.
 */
final class ResultJson {
    private ResultJson() {}

    static JsonObject write(CheckReport report, RelayState state) {
        JsonObject whole = ReportJson.write(report);
        JsonObject result = new JsonObject()
                .put("relay", whole.getValue("relay"))
                .put("network", whole.getValue("network"))
                .put("region", whole.getValue("region"))
                .put("cycle", whole.getValue("cycle"))
                .put("checkedAt", whole.getValue("checkedAt"))
                .put("state", state.label())
                .put("rttMs", whole.getValue("rttMs"));
        Outcome decisive = report.decisive();
        Reason reason = decisive.reason();
        if (decisive instanceof Outcome.Failed failed) {
            result.put("stage", failed.stage().label());
        }
        return reason == null ? result : result.put("reason", reason.label());
    }
}
