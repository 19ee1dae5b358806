package org.nostrmonitor.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import org.nostrmonitor.http.view.BadParameter;

/** What every response tells the browser not to do, see {@link HeadersOnTheWire}, and what requests are not even looked at. */
final class SecurityHeaders {
    private static final int LONGEST_BODY = 1024;
    private static final int LONGEST_POST = 16 * 1024;

    /** Only our own files run, none of it inline: what relays wrote can do no harm even if it were not escaped. */
    static final String POLICY =
            "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
                    + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private SecurityHeaders() {}

    static void on(Router router) {
        router.route().handler(SecurityHeaders::refuseWhatIsNotDecoded);
        router.route().handler(SecurityHeaders::refuseOtherMethods);
        BodyHandler unread = BodyHandler.create(false).setBodyLimit(LONGEST_BODY);
        BodyHandler posted = BodyHandler.create(false).setBodyLimit(LONGEST_POST);
        router.route().handler(ctx -> (Posting.isTo(ctx) ? posted : unread).handle(ctx));
    }

    /** Whoever asks for the path or the parameters later gets them, and no exception. */
    private static void refuseWhatIsNotDecoded(RoutingContext ctx) {
        try {
            ctx.normalizedPath();
            ctx.request().params();
        } catch (IllegalArgumentException e) {
            ctx.fail(new BadParameter("A percent sign in the address is not followed by two hexadecimal digits."));
            return;
        }
        ctx.next();
    }

    private static void refuseOtherMethods(RoutingContext ctx) {
        if (Posting.allows(ctx)) {
            ctx.next();
        } else {
            ctx.fail(405);
        }
    }

    static void set(HttpHeaders headers) {
        headers.set("Content-Security-Policy", POLICY)
                .set("X-Content-Type-Options", "nosniff")
                .set("X-Frame-Options", "DENY")
                .set("Referrer-Policy", "no-referrer")
                .set("Cross-Origin-Opener-Policy", "same-origin");
    }
}
