package org.nostrmonitor.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How responses are sent. */
final class Response {
    static final String HTML = "text/html; charset=utf-8";
    static final String JSON = "application/json; charset=utf-8";
    static final String PROBLEM = "application/problem+json; charset=utf-8";

    /** The header that tells from when an answer is, if not from now. */
    static final String STALE_SINCE = "Stale-Since";

    private static final Logger LOG = LoggerFactory.getLogger(Response.class);

    private Response() {}

    /** What is measured changes all the time: every reader asks anew. */
    static void fresh(RoutingContext ctx, String type, Buffer body) {
        ctx.response().putHeader("Cache-Control", "no-cache");
        send(ctx, type, body);
    }

    /** @param stale from when the answer is, if it is not of now; else null */
    static void since(RoutingContext ctx, @Nullable Instant stale) {
        if (stale != null) {
            ctx.response().putHeader(STALE_SINCE, stale.toString());
        }
    }

    static void json(RoutingContext ctx, JsonObject body) {
        fresh(ctx, JSON, body.toBuffer());
    }

    static void send(RoutingContext ctx, String type, Buffer body) {
        HttpServerResponse response = ctx.response().putHeader("Content-Type", type);
        end(ctx, response, body)
                .onComplete(done -> Connections.sent(ctx))
                .onFailure(gone -> LOG.debug("the reader went away", gone));
    }

    /** Vert.x leaves out the body of an answer to HEAD over HTTP/1.1 only. */
    private static Future<Void> end(RoutingContext ctx, HttpServerResponse response, Buffer body) {
        if (HttpMethod.HEAD.equals(ctx.request().method())) {
            return response.putHeader("Content-Length", Integer.toString(body.length()))
                    .end();
        }
        return response.end(body);
    }

    static void empty(RoutingContext ctx, int status) {
        ctx.response()
                .setStatusCode(status)
                .end()
                .onComplete(done -> Connections.sent(ctx))
                .onFailure(gone -> LOG.debug("the reader went away", gone));
    }
}
