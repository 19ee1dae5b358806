package org.nostrmonitor.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Spares a reader what it has already: a weak tag of what is told, and 304 if nothing else is told since (RFC 9110 §8.8.3).
 * Weak, since the same is also sent compressed, and since the moment of asking is no part of it.
 */
final class Freshness {
    private static final int HASH_DIGITS = 20;
    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;
    private static final Pattern BETWEEN = Pattern.compile("\\s*,\\s*");

    /** When it was read. It changes with every request, and nothing else has to. */
    private static final String AT = "at";

    private Freshness() {}

    /** Sends what is told, or that it is the same. Only what anybody may read is tagged. */
    static void json(RoutingContext ctx, JsonObject body) {
        boolean read = HttpMethod.GET.equals(ctx.request().method())
                || HttpMethod.HEAD.equals(ctx.request().method());
        if (!read || !ApiRoutes.isPublic(ctx) || ctx.response().getStatusCode() != OK) {
            Response.fresh(ctx, Response.JSON, body.toBuffer());
            return;
        }
        Buffer whole = body.toBuffer();
        send(ctx, Response.JSON, new Tagged(whole, tag(body, whole)), "no-cache");
    }

    /** What is told, and its tag. */
    record Tagged(Buffer body, String tag) {
        static Tagged of(Buffer body) {
            return new Tagged(body, Freshness.tag(body));
        }
    }

    /** @param cache the value of {@code Cache-Control} */
    static void send(RoutingContext ctx, String type, Tagged told, String cache) {
        ctx.response().putHeader("ETag", told.tag).putHeader("Cache-Control", cache);
        if (has(ctx.request().getHeader("If-None-Match"), told.tag)) {
            Response.empty(ctx, NOT_MODIFIED);
        } else {
            Response.send(ctx, type, told.body);
        }
    }

    private static String tag(JsonObject body, Buffer whole) {
        Object at = body.getValue(AT);
        if (at == null) {
            return tag(whole);
        }
        JsonObject without = new JsonObject();
        body.fieldNames().stream()
                .filter(name -> !name.equals(AT))
                .forEach(name -> without.put(name, body.getValue(name)));
        return tag(without.toBuffer());
    }

    private static String tag(Buffer body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body.getBytes());
            return "W/\"" + HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** By weak comparison: whether it was sent as strong does not matter. */
    private static boolean has(@Nullable String ifNoneMatch, String tag) {
        if (ifNoneMatch == null) {
            return false;
        }
        String opaque = tag.substring(2);
        return ifNoneMatch.strip().equals("*")
                || BETWEEN.splitAsStream(ifNoneMatch.strip()).anyMatch(one -> one.equals(tag) || one.equals(opaque));
    }
}
