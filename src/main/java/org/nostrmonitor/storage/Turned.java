package org.nostrmonitor.storage;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.storage.RelayViews.Item;

/** Relays that are in another state than before, as {@link ViewSql#CHANGES} has them: the newest of each kind. */
record Turned(List<Turn> turns) {
    /** As many of each kind as are read: where there are fewer, there are no others. */
    static final int READ = 12;

    private static final int CHANGES = 12;
    private static final int WORSE = 10;
    private static final int BACK = 5;

    Turned {
        turns = List.copyOf(turns);
    }

    /** @param kind 1 for the worse, 2 back from being offline, 3 better; {@code inADay} whether it was in the last 24 hours */
    record Turn(int kind, boolean inADay, int relayId, Item item) {
        boolean isWorse() {
            return kind == 1;
        }

        boolean isBack() {
            return kind == 2 && inADay;
        }

        boolean isDown() {
            return isWorse() && item.state() == RelayState.OFFLINE;
        }
    }

    static Turn turn(Row row, Strips.Drawn drawn) {
        return new Turn(
                row.getInteger("turn"),
                row.getBoolean("in_a_day"),
                row.getInteger("relay_id"),
                ViewRows.item(row, drawn));
    }

    /** Newest first, of any kind. */
    List<Item> changes() {
        return newest(turn -> true, CHANGES);
    }

    List<Item> worse() {
        return newest(Turn::isWorse, WORSE);
    }

    List<Item> back() {
        return newest(Turn::isBack, BACK);
    }

    int down() {
        return count(turn -> turn.isDown() && turn.inADay);
    }

    int downLonger() {
        return count(turn -> turn.isDown() && !turn.inADay);
    }

    int degraded() {
        return count(turn -> turn.isWorse() && !turn.isDown());
    }

    int returned() {
        return count(Turn::isBack);
    }

    /** Whether these are all that are worse. */
    boolean hasAllWorse() {
        return count(Turn::isWorse) < READ;
    }

    boolean hasAllBack() {
        return returned() < READ;
    }

    private int count(Predicate<Turn> which) {
        return (int) turns.stream().filter(which).count();
    }

    private List<Item> newest(Predicate<Turn> which, int most) {
        Comparator<Turn> newest = Comparator.<Turn, Instant>comparing(turn -> turn.item.since())
                .reversed()
                .thenComparing(Turn::relayId);
        Stream<Turn> chosen = turns.stream().filter(which);
        return chosen.sorted(newest).limit(most).map(Turn::item).toList();
    }
}
