package org.nostrmonitor.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.util.List;
import org.nostrmonitor.bus.Messages.Ticket;
import org.nostrmonitor.http.AdminChanges.Adding;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.Administration.Action;
import org.nostrmonitor.storage.Administration.Change;
import org.nostrmonitor.storage.Administration.Listing;

/** The admin routes of relays, cycles, settings and the audit, as {@link AdminRoutes} has the others. */
final class AdminChangeRoutes {
    private static final int ACCEPTED = 202;
    private static final String WHEN =
            "Within some ten seconds, on every node that runs; what is being checked is finished first.";

    private final AdminChanges changes;
    private final Reading reading;

    AdminChangeRoutes(AdminChanges changes, Reading reading) {
        this.changes = changes;
        this.reading = reading;
    }

    void on(RouterBuilder builder) {
        AdminRoutes.route(builder, "addRelays", this::add);
        AdminRoutes.route(builder, "changeRelay", ctx -> ApiRoutes.url(ctx).compose(url -> change(ctx, url)));
        AdminRoutes.route(builder, "deleteRelay", ctx -> ApiRoutes.url(ctx).compose(url -> delete(ctx, url)));
        AdminRoutes.route(builder, "beginCycles", this::beginCycles);
        AdminRoutes.route(builder, "getConfig", ctx -> changes.settings().map(AdminChangeRoutes::settings));
        AdminRoutes.route(builder, "changeConfig", this::changeSettings);
        AdminRoutes.route(
                builder,
                "listActions",
                ctx -> reading.actions(Parameters.limit(ctx)).map(AdminChangeRoutes::actions));
    }

    private Future<JsonObject> add(RoutingContext ctx) {
        List<String> urls = ctx.body().asJsonObject().getJsonArray("urls").stream()
                .map(String.class::cast)
                .toList();
        return changes.add(urls, AdminGate.from(ctx)).map(AdminChangeRoutes::added);
    }

    private static JsonObject added(Adding adding) {
        JsonArray rejected = new JsonArray();
        adding.rejected()
                .forEach((url, why) ->
                        rejected.add(new JsonObject().put("url", url).put("why", why)));
        return new JsonObject()
                .put("added", adding.added().added())
                .put("known", adding.added().known())
                .put("rejected", rejected);
    }

    private Future<JsonObject> change(RoutingContext ctx, RelayUrl url) {
        JsonObject body = ctx.body().asJsonObject();
        Change change = new Change(
                body.getBoolean("enabled"),
                body.getBoolean("first"),
                body.getBoolean("optedOut"),
                body.getString("why"));
        return changes.change(url, change, AdminGate.from(ctx)).map(listing -> listing(url, listing));
    }

    private static JsonObject listing(RelayUrl url, Listing listing) {
        return new JsonObject()
                .put("url", url.value())
                .put("enabled", listing.enabled())
                .put("first", listing.first())
                .put("optedOutAt", ApiJson.text(listing.optedOutAt()))
                .put("optedOutWhy", listing.optedOutWhy());
    }

    private Future<JsonObject> delete(RoutingContext ctx, RelayUrl url) {
        return changes.delete(url, AdminGate.from(ctx))
                .map(done -> new JsonObject()
                        .put("url", url.value())
                        .put("deleted", true)
                        .put(
                                "note",
                                "A relay that a scheduler's file or the built-in list names is added again when it starts:"
                                        + " disable it, or opt it out, to keep it out."));
    }

    private Future<JsonObject> beginCycles(RoutingContext ctx) {
        return changes.beginCycles(ctx.queryParams().get("region"), AdminGate.from(ctx))
                .map(answer -> {
                    ctx.response().setStatusCode(ACCEPTED);
                    return new JsonObject()
                            .put(
                                    "begun",
                                    new JsonArray(answer.begun().stream()
                                            .map(AdminChangeRoutes::ticket)
                                            .toList()))
                            .put("running", new JsonArray(answer.running()));
                });
    }

    private static JsonObject ticket(Ticket ticket) {
        return new JsonObject()
                .put("region", ticket.region())
                .put("cycle", ticket.cycle().toString());
    }

    private Future<JsonObject> changeSettings(RoutingContext ctx) {
        return changes.changeSettings(ctx.body().asJsonObject(), AdminGate.from(ctx))
                .map(AdminChangeRoutes::settings);
    }

    private static JsonObject settings(JsonObject settings) {
        return new JsonObject().put("settings", settings).put("takesEffect", WHEN);
    }

    private static JsonObject actions(List<Action> actions) {
        return new JsonObject()
                .put(
                        "items",
                        new JsonArray(actions.stream()
                                .map(action -> new JsonObject()
                                        .put("at", action.at().toString())
                                        .put("who", action.who())
                                        .put("action", action.action())
                                        .put("target", action.target())
                                        .put("result", action.result()))
                                .toList()));
    }
}
