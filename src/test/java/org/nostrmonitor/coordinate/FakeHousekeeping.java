package org.nostrmonitor.coordinate;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.nostrmonitor.storage.Housekeeping;

/** Notes what it is asked to do, and fails where it is told to. */
final class FakeHousekeeping implements Housekeeping {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Set<String> broken = new HashSet<>();

    void breaks(String call) {
        broken.add(call);
    }

    void heals() {
        broken.clear();
    }

    List<String> asked() {
        return asked;
    }

    private <T> Future<T> answer(String call, String arguments, T answer) {
        asked.add((call + " " + arguments).strip());
        return broken.contains(call) ? Future.failedFuture(call + " is broken") : Future.succeededFuture(answer);
    }

    @Override
    public Future<Integer> makePartitions(LocalDate first, LocalDate last) {
        return answer("make", first + ".." + last, 9);
    }

    @Override
    public Future<Integer> dropPartitions(LocalDate before) {
        return answer("drop", "before " + before, 1);
    }

    @Override
    public Future<Integer> daysAhead(LocalDate today) {
        return answer("ahead", "of " + today, broken.contains("few") ? 1 : 8);
    }

    @Override
    public Future<Integer> dropHours(LocalDate before) {
        return answer("drop hours", "before " + before, 1);
    }

    @Override
    public Future<Integer> dropDays(LocalDate before) {
        return answer("drop days", "before " + before, 1);
    }

    @Override
    public Future<Integer> rollUp(LocalDate today) {
        return answer("roll up", "on " + today, 1);
    }

    @Override
    public Future<Void> countNetwork() {
        return answer("count", "", "").mapEmpty();
    }

    @Override
    public Future<Integer> removeOrphans(LocalDate cyclesBefore) {
        return answer("orphans", "before " + cyclesBefore, 5);
    }

    @Override
    public Future<Integer> forgetMonitors(Instant before) {
        return answer("forget monitors", "before " + before, 2);
    }

    @Override
    public Future<Void> analyze() {
        return answer("analyze", "", "").mapEmpty();
    }

    @Override
    public Future<Long> databaseSize() {
        return broken.contains("size") ? Future.failedFuture("size is broken") : Future.succeededFuture(123_456L);
    }
}
