package org.nostrmonitor.consume;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Consumer;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Stage;

/**
 * When probes begin: those that were claimed together one after the other, since handshakes that begin at once wait for one
 * another and measure us; and fewer together while times have to be withheld for that. Used on one event loop.
 */
final class Starts {
    private static final int MOST = 25;

    /** With ten claims a second a network of 9,000 relays is through in five minutes. */
    private static final int LEAST = 3;

    /** Less than the shortest time between two claims: the next group finds this one begun. */
    private static final long SPREAD_MS = 85;

    /** Fewer reports than this say nothing. */
    private static final int ENOUGH = 10;

    /** One in so many times may be withheld: others use this machine too, and a pause of the collector is no overload. */
    private static final int TOLERATED = 5;

    private final Vertx vertx;
    private int together = MOST;
    private int reports;
    private int times;
    private int withheld;

    Starts(Vertx vertx) {
        this.vertx = vertx;
    }

    /** How many may begin until the next claim: a quarter less if too many times were withheld lately, else one more. */
    int together() {
        if (reports >= ENOUGH) {
            together = withheld * TOLERATED > times
                    ? Math.max(LEAST, together - Math.max(1, together / 4))
                    : Math.min(MOST, together + 1);
            reports = 0;
            times = 0;
            withheld = 0;
        }
        return together;
    }

    /** Hears how a probe went. */
    void ended(CheckReport report) {
        reports++;
        for (Stage stage : Stage.values()) {
            if (report.phases().of(stage) != null) {
                times++;
                withheld += report.took(stage) == null ? 1 : 0;
            }
        }
    }

    /** Begins each in its turn, the first at once. */
    <T> void begin(List<T> group, Consumer<T> start) {
        for (int i = 0; i < group.size(); i++) {
            T each = group.get(i);
            long delayMs = SPREAD_MS * i / group.size();
            if (delayMs == 0) {
                start.accept(each);
            } else {
                vertx.setTimer(delayMs, timer -> start.accept(each));
            }
        }
    }
}
