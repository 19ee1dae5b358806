package org.nostrmonitor.http;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who may do what changes something: whoever has the token, from wherever, loopback included. */
final class AdminGate {
    /** Where the admin routes of the API are. */
    static final String BASE = ApiRoutes.BASE + "/admin/";

    private static final Logger LOG = LoggerFactory.getLogger(AdminGate.class);
    private static final String BEARER = "Bearer ";
    private static final String PASSED = "admin";

    private final Optional<AdminToken> token;
    private final FailedTries tries;

    /** @param token empty turns all admin actions off */
    AdminGate(Optional<AdminToken> token, InstantSource clock) {
        this.token = token;
        this.tries = new FailedTries(clock);
    }

    /** Whether a token is configured. */
    boolean enabled() {
        return token.isPresent();
    }

    /** Stands before all admin routes of the API. */
    void on(Router router) {
        router.route(BASE + "*").handler(ctx -> {
            closeAfterwards(ctx);
            require(ctx, bearer(ctx));
            ctx.next();
        });
    }

    /**
     * Lets a request pass with the right token.
     *
     * @throws Denied without
     */
    void require(RoutingContext ctx, @Nullable String given) {
        AdminToken right = token.orElseThrow(Denied::notEnabled);
        String site = Caller.site(ctx.request().remoteAddress());
        Duration wait = tries.wait(site);
        if (wait.compareTo(Duration.ZERO) > 0) {
            throw Denied.tooManyTries(wait);
        }
        if (given == null || given.isBlank()) {
            throw Denied.noToken();
        }
        if (!right.matches(given.strip())) {
            LOG.warn("a wrong admin token came from {}, {} within a minute", from(ctx), tries.failed(site));
            throw Denied.wrongToken();
        }
        ctx.put(PASSED, true);
    }

    /** The decoder of a connection holds the last line that it read, here the token, for as long as it is open. */
    private static void closeAfterwards(RoutingContext ctx) {
        ctx.response().putHeader("Connection", "close");
        ctx.addEndHandler(sent -> ctx.request()
                .connection()
                .close()
                .onFailure(gone -> LOG.debug("a connection of an administrator was closed already", gone)));
    }

    /**
     * For routes that must never be reached around the gate.
     *
     * @throws Denied if the request did not pass it
     */
    static void requirePassed(RoutingContext ctx) {
        if (!Boolean.TRUE.equals(ctx.<Boolean>get(PASSED))) {
            throw Denied.noToken();
        }
    }

    /** The address of whoever asks, for the log. */
    static String from(RoutingContext ctx) {
        return Caller.address(ctx.request().remoteAddress());
    }

    private static @Nullable String bearer(RoutingContext ctx) {
        String header = ctx.request().getHeader("Authorization");
        boolean is = header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return is && header != null ? header.substring(BEARER.length()) : null;
    }
}
