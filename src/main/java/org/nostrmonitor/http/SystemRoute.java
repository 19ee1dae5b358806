package org.nostrmonitor.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.cache.TargetState;
import org.nostrmonitor.http.QueueReading.QueueNow;
import org.nostrmonitor.http.view.Notice;
import org.nostrmonitor.http.view.Now;
import org.nostrmonitor.http.view.Numbers;
import org.nostrmonitor.http.view.RegionLetter;
import org.nostrmonitor.http.view.SystemPage;
import org.nostrmonitor.http.view.SystemParts;
import org.nostrmonitor.http.view.SystemParts.Form;
import org.nostrmonitor.http.view.Upkeep;
import org.nostrmonitor.http.view.Upkeep.Heard;
import org.nostrmonitor.storage.CycleRepository.Cycle;
import org.nostrmonitor.storage.RunLog.Run;

/** {@code /system}: whether the monitor is well. */
final class SystemRoute {
    private static final int CYCLES = 16;

    private final Pages pages;
    private final IntSupplier readers;
    private final @Nullable RelayDoor door;

    /**
     * @param readers how many listen to the live stream
     * @param door of our own relay, or null
     */
    SystemRoute(Pages pages, IntSupplier readers, @Nullable RelayDoor door) {
        this.pages = pages;
        this.readers = readers;
        this.door = door;
    }

    void on(Router router) {
        pages.page(router, "/system", "system", ctx -> systemPage(new Form(pages.admin(), done(ctx), Set.of())));
    }

    /** The system page with what came of its form. */
    Future<Buffer> page(Form form) {
        return systemPage(form).compose(page -> pages.write("system", page));
    }

    /** PostgreSQL or Redis may be away: then the page says so, and shows the rest. */
    private Future<Supplier<SystemPage>> systemPage(Form form) {
        Future<@Nullable List<Cycle>> cycles = Pages.orNull(pages.reading().recentCycles(CYCLES));
        Future<@Nullable Map<String, Integer>> depth =
                Pages.orNull(pages.reading().outboxDepth());
        Future<@Nullable QueueNow> queue = Pages.orNull(pages.reading().queue().now());
        Future<@Nullable List<RegionLetter>> letters =
                Pages.orNull(pages.reading().queue().letters());
        Future<@Nullable List<TargetState>> targets =
                Pages.orNull(pages.reading().queue().targets());
        Future<@Nullable List<Run>> runs = Pages.orNull(pages.reading().runs());
        Future<@Nullable Heard> heard =
                Pages.orNull(pages.reading().queue().systemFigures().map(Heard::of));
        Future<Now> now = pages.reading().now();
        return Future.all(List.of(now, cycles, depth, targets, queue, letters, runs, heard))
                .map(all -> {
                    QueueNow seen = queue.result();
                    SystemParts parts = new SystemParts(
                            cycles.result(),
                            depth.result(),
                            targets.result(),
                            seen == null ? null : seen.counts(),
                            seen == null ? null : seen.workers(),
                            letters.result(),
                            pages.cron(),
                            pages.cadence(),
                            form,
                            new Upkeep(
                                    runs.result(),
                                    heard.result(),
                                    readers.getAsInt(),
                                    door == null ? null : (Integer) door.clients()));
                    return () -> SystemPage.of(pages.site(), now.result(), parts);
                });
    }

    /** What the form of the dead letters did before it led here. */
    private static @Nullable Notice done(RoutingContext ctx) {
        Integer retried = Pages.number(ctx, "retried");
        Integer dropped = Pages.number(ctx, "dropped");
        if (retried != null) {
            return Notice.done(
                    Numbers.plural(retried, "dead letter was", "dead letters were") + " put back into the queue.");
        }
        return dropped == null
                ? null
                : Notice.done(Numbers.plural(dropped, "dead letter was", "dead letters were") + " dropped.");
    }
}
