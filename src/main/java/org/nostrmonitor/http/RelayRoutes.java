package org.nostrmonitor.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** The NIP-11 document of our own relay, at {@code /} for whoever asks for its type, from a page of any origin. */
final class RelayRoutes {
    private static final String TYPE = "application/nostr+json";
    private static final String METHODS = "GET, HEAD, OPTIONS";

    private final String document;

    RelayRoutes(RelayDoor door) {
        this.document = door.document();
    }

    void on(Router router) {
        router.get("/").method(HttpMethod.HEAD).handler(this::answer);
        router.options("/").handler(ctx -> {
            allow(ctx);
            Response.empty(ctx, 204);
        });
    }

    private void answer(RoutingContext ctx) {
        // What is at this address depends on it, for whoever keeps answers.
        ctx.response().putHeader("Vary", "Accept");
        String accept = ctx.request().getHeader("Accept");
        if (accept != null && accept.contains(TYPE)) {
            allow(ctx);
            Response.fresh(ctx, TYPE, Buffer.buffer(document));
        } else {
            ctx.next();
        }
    }

    /** The headers that NIP-11 wants. */
    private static void allow(RoutingContext ctx) {
        ctx.response()
                .putHeader("Access-Control-Allow-Origin", "*")
                .putHeader("Access-Control-Allow-Headers", "*")
                .putHeader("Access-Control-Allow-Methods", METHODS);
    }
}
