package org.nostrmonitor.storage;

import static org.nostrmonitor.storage.Columns.bytes;
import static org.nostrmonitor.storage.Columns.ints;
import static org.nostrmonitor.storage.Columns.micros;
import static org.nostrmonitor.storage.Columns.shorts;
import static org.nostrmonitor.storage.Columns.texts;
import static org.nostrmonitor.storage.Columns.times;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.Stage;
import org.nostrmonitor.wire.KnownJson;

/** The columns of {@code relay_current}, from rows that change it. */
final class CurrentColumns {
    private CurrentColumns() {}

    static Object[] of(List<ReportRow> rows) {
        List<Standing> standings =
                rows.stream().map(row -> Objects.requireNonNull(row.current())).toList();
        return new Object[] {
            ints(rows, ReportRow::relayId),
            shorts(rows, ReportRow::region),
            shorts(standings, standing -> (short) standing.state().code()),
            times(standings, Standing::since),
            times(rows, row -> row.report().cycle()),
            times(standings, Standing::checkedAt),
            times(standings, Standing::onlineAt),
            times(standings, Standing::readPassedAt),
            times(standings, standing -> standing.write().at()),
            times(standings, standing -> standing.write().passedAt()),
            times(standings, standing -> standing.nip11().passedAt()),
            shorts(standings, standing -> standing.write().outcome()),
            shorts(standings, standing -> standing.nip11().outcome()),
            shorts(rows, row -> fault(row).stage()),
            shorts(rows, row -> fault(row).reason()),
            ints(rows, row -> micros(row.report().rttOpen())),
            ints(rows, row -> micros(row.report().rttRead())),
            ints(standings, standing -> micros(standing.writeTook())),
            bytes(rows, CurrentColumns::hash),
            texts(rows, row -> row.finding().reportJson()),
            times(standings, standing -> standing.nip11().at()),
            texts(standings, standing -> StorableJson.of(KnownJson.write(standing.known()))),
            times(standings, Standing::capabilitiesTestedAt)
        };
    }

    private static @Nullable Buffer hash(ReportRow row) {
        PreparedFinding.Document document = row.finding().document();
        return document == null ? null : document.hash();
    }

    private record Fault(@Nullable Short stage, @Nullable Short reason) {
        static final Fault NONE = new Fault(null, null);
    }

    /** What the state comes from if it is not a good one. */
    private static Fault fault(ReportRow row) {
        CheckReport report = row.report();
        Standing standing = Objects.requireNonNull(row.current());
        Outcome decisive = report.decisive();
        if (decisive instanceof Outcome.Failed failed) {
            return new Fault(
                    (short) failed.stage().code(), (short) failed.reason().code());
        }
        if (standing.state() != RelayState.DEGRADED) {
            return Fault.NONE;
        }
        boolean write = standing.write().usedToPass(report.checkedAt());
        return write
                ? new Fault((short) Stage.WRITE.code(), standing.write().outcome())
                : new Fault((short) Stage.NIP11.code(), standing.nip11().outcome());
    }
}
