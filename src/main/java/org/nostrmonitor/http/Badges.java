package org.nostrmonitor.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.http.Freshness.Tagged;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.storage.RelayViews.Detail;
import org.nostrmonitor.storage.RelayViews.Uptime;

/** A relay's state, or its uptime, for the pages of others: as an image, and as shields.io wants to be told. */
final class Badges {
    private static final String SVG = "image/svg+xml; charset=utf-8";

    /** Other sites show it many times a minute; a check is made four times an hour. */
    private static final String A_MINUTE = "public, max-age=60";

    private static final int CACHE_SECONDS = 300;
    private static final double GOOD = 99;
    private static final double FAIR = 95;
    private static final String GREEN = "#2c7a3f";
    private static final String AMBER = "#9a6700";
    private static final String RED = "#b3261e";
    private static final String GREY = "#6b6b6b";

    private final Reading reading;

    Badges(Reading reading) {
        this.reading = reading;
    }

    void svg(RoutingContext ctx) {
        answer(ctx, (badge, tagged) -> {
            Buffer image = Buffer.buffer(badge.svg());
            Freshness.send(ctx, SVG, Tagged.of(image), A_MINUTE);
        });
    }

    /** See https://shields.io/badges/endpoint-badge. */
    void endpoint(RoutingContext ctx) {
        answer(ctx, (badge, down) -> {
            JsonObject told = new JsonObject()
                    .put("schemaVersion", 1)
                    .put("label", badge.label())
                    .put("message", badge.message())
                    .put("color", badge.colour())
                    .put("isError", down)
                    .put("cacheSeconds", CACHE_SECONDS);
            Buffer body = told.toBuffer();
            Freshness.send(ctx, Response.JSON, Tagged.of(body), A_MINUTE);
        });
    }

    private void answer(RoutingContext ctx, BiConsumer<Badge, Boolean> send) {
        String label = ctx.queryParams().get("label");
        boolean uptime = "uptime".equals(ctx.queryParams().get("show"));
        Future.succeededFuture(ctx)
                .compose(ApiRoutes::url)
                .compose(reading::relay)
                .onSuccess(detail -> send.accept(
                        uptime ? ofUptime(detail, label) : ofState(detail, label),
                        detail.item().state() == RelayState.OFFLINE))
                .onFailure(ctx::fail);
    }

    private static Badge ofState(Detail detail, @Nullable String label) {
        RelayState state = detail.item().state();
        String colour = switch (state) {
            case ONLINE -> GREEN;
            case DEGRADED -> AMBER;
            case OFFLINE -> RED;
            case UNKNOWN -> GREY;
        };
        return new Badge(label == null ? "relay" : label, state.label(), colour);
    }

    /** Rounded down: what was away for a minute is not shown as never away. */
    private static Badge ofUptime(Detail detail, @Nullable String label) {
        Uptime week = detail.week();
        String name = label == null ? "uptime 7 d" : label;
        if (week.made() == 0) {
            return new Badge(name, "not measured", GREY);
        }
        double percent = Math.floor(10_000.0 * week.answered() / week.made()) / 100;
        String text = percent == 100 ? "100 %" : String.format(Locale.ROOT, "%.2f %%", percent);
        return new Badge(name, text, percent >= GOOD ? GREEN : percent >= FAIR ? AMBER : RED);
    }
}
