package org.nostrmonitor.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.nostrmonitor.http.Freshness.Tagged;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.History.Phase;
import org.nostrmonitor.storage.Statistics.Kind;

/** The part of the API that tells what was: of a relay, and of the network. */
final class PastRoutes {
    /** Those that NIP-66 tells of. The others are asked for by name: they are as much again, twice. */
    private static final Set<Phase> USUAL = EnumSet.of(Phase.OPEN, Phase.READ, Phase.WRITE);

    private final Vertx vertx;
    private final Reading reading;

    PastRoutes(Vertx vertx, Reading reading) {
        this.vertx = vertx;
        this.reading = reading;
    }

    void on(RouterBuilder builder) {
        Operations.text(builder, "getHistory", this::history);
        Operations.route(builder, "listIncidents", this::incidents);
        Operations.route(builder, "getUptime", this::uptime);
        Operations.route(builder, "getNetwork", this::network);
        Operations.route(builder, "getStatistics", this::statistics);
        Operations.route(builder, "getShape", ctx -> reading.past().shape().map(StatisticsJson::shape));
    }

    private Future<Tagged> history(RoutingContext ctx) {
        PastSpan span = PastSpan.of(ctx, reading.instant());
        String region = ctx.queryParams().get("region");
        Set<Phase> phases = phases(ctx);
        return relay(ctx)
                .compose(url -> reading.past()
                        .points(url, region, span, phases)
                        .compose(points -> vertx.executeBlocking(
                                () -> Tagged.of(HistoryJson.of(url, region, span, points)), false)));
    }

    private static Set<Phase> phases(RoutingContext ctx) {
        Set<Phase> phases = EnumSet.noneOf(Phase.class);
        ctx.queryParams().getAll("phase").forEach(name -> phases.add(Phase.valueOf(name.toUpperCase(Locale.ROOT))));
        return phases.isEmpty() ? USUAL : phases;
    }

    private Future<JsonObject> incidents(RoutingContext ctx) {
        String region = ctx.queryParams().get("region");
        String cursor = ctx.queryParams().get("cursor");
        int limit = Parameters.limit(ctx);
        return relay(ctx)
                .compose(url -> reading.past().incidents(url, region, cursor, limit))
                .map(PastJson::incidents);
    }

    private Future<JsonObject> uptime(RoutingContext ctx) {
        return relay(ctx).compose(url -> reading.past().uptime(url).map(uptimes -> PastJson.uptimes(url, uptimes)));
    }

    private Future<JsonObject> network(RoutingContext ctx) {
        PastSpan span = PastSpan.of(ctx, reading.instant());
        return reading.past().network(span).map(points -> PastJson.network(span, points));
    }

    private Future<JsonObject> statistics(RoutingContext ctx) {
        PastSpan span = PastSpan.ofDays(ctx, reading.instant());
        Kind kind = Kind.valueOf(ctx.queryParams().get("kind").toUpperCase(Locale.ROOT));
        return reading.past().tallies(kind, span, Parameters.top(ctx)).map(StatisticsJson::tallies);
    }

    /** Fails with {@link Unknown} if it is not known: no history of it is not the same as an empty one. */
    private Future<RelayUrl> relay(RoutingContext ctx) {
        return ApiRoutes.url(ctx).compose(reading::known);
    }
}
