package org.nostrmonitor.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.regex.Pattern;

/** The few addresses that something is posted to; everything else is only read. */
final class Posting {
    /** The form of the dead letters. */
    static final String LETTERS = "/system/dead-letters";

    private static final Set<String> PLACES =
            Set.of(LETTERS, AdminGate.BASE + "dead-letters/retry", AdminGate.BASE + "dead-letters/drop");
    private static final Pattern CHECK = Pattern.compile("(/api/v1/admin)?/relays/[^/]+/check");

    private Posting() {}

    /** Whether this address takes a POST, and nothing else. */
    static boolean isTo(RoutingContext ctx) {
        String path = ctx.normalizedPath();
        return PLACES.contains(path) || CHECK.matcher(path).matches();
    }

    /** Posting where that is meant; elsewhere reading, and asking whether another origin may read. */
    static boolean allows(RoutingContext ctx) {
        HttpMethod method = ctx.request().method();
        if (isTo(ctx)) {
            return method.equals(HttpMethod.POST);
        }
        return method.equals(HttpMethod.GET)
                || method.equals(HttpMethod.HEAD)
                || (method.equals(HttpMethod.OPTIONS) && (ApiRoutes.isPublic(ctx) || isTheRelay(ctx)));
    }

    /** Where our own relay is (NIP-11). */
    private static boolean isTheRelay(RoutingContext ctx) {
        return ctx.normalizedPath().equals("/");
    }

    /** The methods of an address, as the header {@code Allow} names them. */
    static String allowed(RoutingContext ctx) {
        return isTo(ctx) ? "POST" : "GET, HEAD";
    }
}
