package org.nostrmonitor.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.config.CronTicks;
import org.nostrmonitor.http.view.Frame;

/**
 * What the routes of the pages share. A page is whole, from one address, and needs no script. What it shows is read first; then it
 * is made and written off the event loop, which takes milliseconds, and much longer before the JVM has compiled it.
 *
 * @param schedule tells when cycles begin, as a cron expression
 * @param admin whether there is a token, so that forms can be sent
 * @param shared for pages that renew themselves
 */
record Pages(
        Vertx vertx,
        Frame.Site site,
        Supplier<String> schedule,
        Reading reading,
        Templates templates,
        boolean admin,
        SharedPages shared) {
    /** @param page completes with what makes it of all that was read */
    <T extends Record> void page(
            Router router, String path, String template, Function<RoutingContext, Future<Supplier<T>>> page) {
        router.get(path)
                .method(HttpMethod.HEAD)
                .handler(ctx -> send(
                                ctx,
                                () -> Future.succeededFuture(ctx).compose(page).compose(made -> write(template, made)))
                        .onFailure(ctx::fail));
    }

    private Future<?> send(RoutingContext ctx, Supplier<Future<Buffer>> make) {
        return SharedPages.isFor(ctx)
                ? shared.send(ctx, make)
                : make.get().onSuccess(html -> Response.fresh(ctx, Response.HTML, html));
    }

    <T extends Record> Future<Buffer> write(String template, Supplier<T> page) {
        return vertx.executeBlocking(() -> templates.render(template, page.get()), false);
    }

    String cron() {
        return schedule.get();
    }

    /** From one cycle to the next. */
    Duration cadence() {
        return new CronTicks(cron()).cadence(reading.instant());
    }

    /** With null in place of what cannot be read now, for a page that says so and shows the rest. */
    static <T> Future<@Nullable T> orNull(Future<T> reading) {
        return reading.<@Nullable T>map(value -> value).otherwise((T) null);
    }

    /** A number that we put into the address ourselves; anything else is as good as none. */
    static @Nullable Integer number(RoutingContext ctx, String name) {
        String given = parameter(ctx, name);
        return given == null || !given.matches("[0-9]{1,7}") ? null : Integer.valueOf(given);
    }

    /** Null if it is not given, or empty. */
    static @Nullable String parameter(RoutingContext ctx, String name) {
        String value = ctx.queryParams().get(name);
        return value == null || value.isEmpty() ? null : value;
    }
}
