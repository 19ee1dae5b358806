package org.nostrmonitor.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.http.view.BadParameter;
import org.nostrmonitor.http.view.ErrorPage;
import org.nostrmonitor.http.view.Frame;
import org.nostrmonitor.relay.InvalidRelayUrl;
import org.nostrmonitor.storage.Administration.RefusedSettings;
import org.nostrmonitor.storage.RelayViews.InvalidCursor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What goes wrong, in words: a page for people, a problem document (RFC 9457) for programs. */
final class Errors {
    private static final Logger LOG = LoggerFactory.getLogger(Errors.class);
    private static final int LONGEST_DETAIL = 500;
    /** Not what a browser would take for another host. */
    private static final Pattern OWN_PATH = Pattern.compile("/(?![/\\\\]).*|/");

    private static final Pattern PARAMETER = Pattern.compile("(?:query|path|header) parameter ([A-Za-z-]{1,64})");
    private static final List<Integer> STATUSES = List.of(400, 404, 405, 406, 409, 413, 414, 415, 500, 503);

    private final Frame.Site site;
    private final Templates templates;
    private final Reading reading;

    Errors(Frame.Site site, Templates templates, Reading reading) {
        this.site = site;
        this.templates = templates;
        this.reading = reading;
    }

    void on(Router router) {
        router.route().failureHandler(this::tell);
        STATUSES.forEach(status -> router.errorHandler(status, this::tell));
    }

    private void tell(RoutingContext ctx) {
        if (ctx.response().ended() || ctx.response().closed()) {
            return;
        }
        int status = status(ctx, ctx.failure());
        String detail = bounded(detail(ctx, status));
        if (status == 500) {
            LOG.error("a request failed by our own fault", ctx.failure());
        } else if (status == 503) {
            LOG.debug("a request cannot be answered now", ctx.failure());
        }
        if (status == 405) {
            ctx.response().putHeader("Allow", Posting.allowed(ctx));
        }
        if (ctx.failure() instanceof Denied denied) {
            deny(ctx, denied);
        }
        ctx.response().setStatusCode(status);
        if (isForPrograms(ctx.request().path())) {
            problem(ctx, status, detail, parameter(ctx.failure()));
        } else {
            ErrorPage page = ErrorPage.of(site, reading.latest(), status, detail, again(ctx, status));
            Response.fresh(ctx, Response.HTML, templates.render("error", page));
        }
    }

    /** The same address, where another moment may bring another answer. Null for forms, and for what is no path of ours. */
    private static @Nullable String again(RoutingContext ctx, int status) {
        String uri = ctx.request().uri();
        boolean passing = status == 429 || status == 500 || status == 503;
        boolean read = HttpMethod.GET.equals(ctx.request().method());
        return passing && read && OWN_PATH.matcher(uri).matches() ? uri : null;
    }

    /** What a client needs to know to do better (RFC 9110 §11.6.1, RFC 6585 §4). */
    static void deny(RoutingContext ctx, Denied denied) {
        if (denied.status() == 401) {
            ctx.response().putHeader("WWW-Authenticate", "Bearer");
        }
        if (denied.retryAfterSeconds() > 0) {
            ctx.response().putHeader("Retry-After", Long.toString(denied.retryAfterSeconds()));
        }
    }

    private static boolean isForPrograms(@Nullable String path) {
        return path != null && (path.startsWith("/api/") || path.startsWith("/health/") || path.startsWith("/metrics"));
    }

    /** The parameter that was wrong, if it is one: in ours by name, in the contract's validator's in its words. */
    private static @Nullable String parameter(@Nullable Throwable failure) {
        if (failure instanceof BadParameter bad) {
            return bad.name();
        }
        if (failure instanceof InvalidCursor) {
            return "cursor";
        }
        if (failure instanceof InvalidRelayUrl) {
            return "url";
        }
        Matcher named = PARAMETER.matcher(failure == null ? "" : words(failure));
        return named.find() ? named.group(1) : null;
    }

    private static void problem(RoutingContext ctx, int status, String detail, @Nullable String parameter) {
        JsonObject problem = new JsonObject()
                .put("type", "about:blank")
                .put("title", title(status))
                .put("status", status)
                .put("detail", detail);
        if (parameter != null) {
            problem.put("parameter", parameter);
        }
        Response.fresh(ctx, Response.PROBLEM, problem.toBuffer());
    }

    /** The status of a failure that we throw ourselves, else that of the request. */
    static int status(RoutingContext ctx, @Nullable Throwable failure) {
        if (failure instanceof BadParameter
                || failure instanceof InvalidCursor
                || failure instanceof InvalidRelayUrl
                || failure instanceof RefusedSettings) {
            return 400;
        }
        if (failure instanceof Unknown) {
            return 404;
        }
        if (failure instanceof Unavailable) {
            return 503;
        }
        if (failure instanceof Denied denied) {
            return denied.status();
        }
        if (failure instanceof Conflict) {
            return 409;
        }
        return ctx.statusCode() < 400 ? 500 : ctx.statusCode();
    }

    private static String detail(RoutingContext ctx, int status) {
        Throwable failure = ctx.failure();
        if (failure instanceof InvalidRelayUrl invalid) {
            return "This is not the URL of a relay: " + invalid.why() + ".";
        }
        if (failure instanceof InvalidCursor) {
            return "The cursor is not one of ours, or belongs to another sort.";
        }
        if (failure != null && (isOurs(failure) || status == 400)) {
            return words(failure);
        }
        return switch (status) {
            case 400 -> "The request cannot be understood.";
            case 404 -> "No page has this address.";
            case 405 -> "Only " + Posting.allowed(ctx).replace(", ", " and ") + " is answered here.";
            case 413 -> "The body of this request is longer than anything that is asked for here.";
            case 414 -> "The address is too long.";
            case 503 -> "What is needed for this does not answer now.";
            default -> "It is our fault, and it is in the log.";
        };
    }

    /** Whose message is meant for whoever asked. */
    static boolean isOurs(Throwable failure) {
        return failure instanceof BadParameter
                || failure instanceof Unknown
                || failure instanceof Unavailable
                || failure instanceof Denied
                || failure instanceof Conflict;
    }

    /** What the contract's validator says is wrapped in an exception that says less. */
    private static String words(Throwable failure) {
        Throwable cause = failure.getCause();
        Throwable telling = failure instanceof HttpException && cause != null ? cause : failure;
        return String.valueOf(telling.getMessage());
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not found";
            case 405 -> "Method not allowed";
            case 409 -> "Conflict";
            case 413 -> "Body too large";
            case 414 -> "Address too long";
            case 429 -> "Too many requests";
            case 503 -> "Unavailable";
            default -> "Error";
        };
    }

    private static String bounded(String text) {
        return text.length() > LONGEST_DETAIL ? text.substring(0, LONGEST_DETAIL) + "…" : text;
    }
}
