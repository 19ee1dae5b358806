package org.nostrmonitor.storage;

import static org.nostrmonitor.storage.Columns.ints;
import static org.nostrmonitor.storage.Columns.longs;
import static org.nostrmonitor.storage.Columns.micros;
import static org.nostrmonitor.storage.Columns.shorts;
import static org.nostrmonitor.storage.Columns.texts;
import static org.nostrmonitor.storage.Columns.times;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Known;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.Stage;

/**
 * A finding on its way into the tables.
 *
 * @param state what the result row says
 * @param before what was known of the relay, or null
 * @param current what is known after it, or null if it changes nothing
 */
record ReportRow(
        int relayId,
        short region,
        PreparedFinding finding,
        RelayState state,
        @Nullable Standing before,
        @Nullable Standing current) {

    static ReportRow of(int relayId, short region, PreparedFinding finding, @Nullable Standing before) {
        CheckReport report = finding.report();
        Standing current = Standing.changes(before, report) ? Standing.after(before, report) : null;
        return new ReportRow(relayId, region, finding, Standing.judge(before, report), before, current);
    }

    CheckReport report() {
        return finding.report();
    }

    /** What the region knows now, given whether the result was new. */
    RelayState stateNow(boolean isNew) {
        if (isNew && current != null) {
            return current.state();
        }
        return before == null ? RelayState.UNKNOWN : before.state();
    }

    static Object[] resultColumns(List<ReportRow> rows) {
        return new Object[] {
            ints(rows, ReportRow::relayId),
            shorts(rows, ReportRow::region),
            shorts(rows, row -> (short) row.state.code()),
            times(rows, row -> row.report().cycle()),
            times(rows, row -> row.report().checkedAt()),
            shorts(rows, row -> Codes.ofStage(row.report().open())),
            shorts(rows, row -> Codes.of(row.report().open())),
            shorts(rows, row -> Codes.of(row.report().read())),
            shorts(rows, row -> Codes.of(row.report().write())),
            shorts(rows, row -> Codes.of(row.report().nip11())),
            phase(rows, Stage.DNS),
            phase(rows, Stage.TCP),
            phase(rows, Stage.TLS),
            phase(rows, Stage.UPGRADE),
            phase(rows, Stage.READ),
            phase(rows, Stage.WRITE),
            phase(rows, Stage.NIP11),
            ints(rows, row -> micros(row.report().loopLag()))
        };
    }

    /** Times that measure how busy we were do not go into the history. */
    private static Object phase(List<ReportRow> rows, Stage stage) {
        return ints(rows, row -> micros(row.report().took(stage)));
    }

    /** What is known of the relay's behaviour with this report. */
    Known known() {
        if (current != null) {
            return current.known();
        }
        return (before == null ? Known.NOTHING : before.known()).and(report());
    }

    static Object[] eventColumns(List<Discovery> events) {
        return new Object[] {
            ints(events, Discovery::relayId),
            texts(events, event -> event.event().pubkey()),
            texts(events, event -> event.event().id()),
            longs(events, event -> event.event().createdAt()),
            texts(events, Discovery::json),
            texts(events, Discovery::targets)
        };
    }
}
