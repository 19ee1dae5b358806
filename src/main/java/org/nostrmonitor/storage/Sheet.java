package org.nostrmonitor.storage;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.Stage;
import org.nostrmonitor.storage.History.Phase;

/**
 * The checks of a relay on a day, as {@code relay_hourly} keeps them: eleven bytes each, in the order in which they were
 * stored.
 *
 * <pre>
 * 2  the second of the day of its cycle, divided by two
 * 1  the state
 * 8  the times of dns, tcp, tls, upgrade, open, read, write and nip11, each a {@link TimeCode}
 * </pre>
 */
final class Sheet {
    static final int BYTES = 11;

    private static final int STATE_AT = 2;
    private static final int TIMES_AT = 3;
    private static final int DAY_SECONDS = 86_400;

    private Sheet() {}

    /** One check of a region. {@code second} is that of its cycle, since 1970. */
    record Check(long second, RelayState state, Buffer sheet, int at) {
        int time(Phase phase) {
            return sheet.getUnsignedByte(at + TIMES_AT + phase.place());
        }
    }

    /** Adds the checks of a day, in no order. */
    static void read(LocalDate day, Buffer sheet, List<Check> to) {
        long midnight = day.toEpochDay() * DAY_SECONDS;
        for (int at = 0; at + BYTES <= sheet.length(); at += BYTES) {
            long second = midnight + 2L * sheet.getUnsignedShort(at);
            to.add(new Check(second, RelayState.ofCode(sheet.getByte(at + STATE_AT)), sheet, at));
        }
    }

    static LocalDate day(Instant cycle) {
        return LocalDate.ofInstant(cycle, ZoneOffset.UTC);
    }

    /** @param state the judged one */
    static Buffer entry(CheckReport report, RelayState state) {
        long second = Math.floorMod(report.cycle().getEpochSecond(), (long) DAY_SECONDS);
        Buffer entry = Buffer.buffer(BYTES);
        entry.appendUnsignedShort((int) (second / 2)).appendByte((byte) state.code());
        for (Phase phase : Phase.values()) {
            entry.appendUnsignedByte((short) time(report, phase));
        }
        return entry;
    }

    private static int time(CheckReport report, Phase phase) {
        return switch (phase) {
            case DNS -> way(report, Stage.DNS);
            case TCP -> way(report, Stage.TCP);
            case TLS -> way(report, Stage.TLS);
            case UPGRADE -> way(report, Stage.UPGRADE);
            case OPEN -> TimeCode.of(report.rttOpen());
            case READ -> TimeCode.of(report.rttRead());
            case WRITE -> TimeCode.of(report.rttWrite());
            case NIP11 -> report.nip11().passed() ? TimeCode.of(report.took(Stage.NIP11)) : TimeCode.NONE;
        };
    }

    /** How long a check took to fail is no time of its stage. */
    private static int way(CheckReport report, Stage stage) {
        @Nullable Stage failed = report.open() instanceof Outcome.Failed fault ? fault.stage() : null;
        boolean passed = failed == null ? report.open().passed() : failed.code() > stage.code();
        return passed ? TimeCode.of(report.took(stage)) : TimeCode.NONE;
    }
}
