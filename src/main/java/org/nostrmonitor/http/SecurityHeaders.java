package org.nostrmonitor.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Set;

/** What every response tells the browser not to do. */
final class SecurityHeaders {
    private static final int LONGEST_BODY = 1024;
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    /** Nothing runs, nothing comes from elsewhere: what relays wrote can do no harm even if it were not escaped. */
    static final String POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
            + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private SecurityHeaders() {}

    static void on(Router router) {
        router.route().handler(ctx -> {
            set(ctx.response().headers());
            ctx.next();
        });
        router.route().handler(SecurityHeaders::refuseWrites);
        router.route().handler(BodyHandler.create(false).setBodyLimit(LONGEST_BODY));
    }

    /** Only the contract of the API may know of more than reading. */
    private static void refuseWrites(RoutingContext ctx) {
        if (READING.contains(ctx.request().method()) || ctx.request().path().startsWith(ApiRoutes.BASE + "/")) {
            ctx.next();
        } else {
            ctx.fail(405);
        }
    }

    static void set(MultiMap headers) {
        headers.set("Content-Security-Policy", POLICY)
                .set("X-Content-Type-Options", "nosniff")
                .set("X-Frame-Options", "DENY")
                .set("Referrer-Policy", "no-referrer")
                .set("Cross-Origin-Opener-Policy", "same-origin");
    }
}
