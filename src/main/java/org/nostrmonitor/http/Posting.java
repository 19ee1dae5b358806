package org.nostrmonitor.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.regex.Pattern;

/** The few addresses by which something is changed, each with its methods; everything else is only read. */
final class Posting {
    /** The form of the dead letters. */
    static final String LETTERS = "/system/dead-letters";

    private static final List<String> READ = List.of("GET", "HEAD");
    private static final List<String> POST = List.of("POST");

    private record Place(Pattern path, List<String> methods) {
        Place(String path, List<String> methods) {
            this(Pattern.compile(path), methods);
        }
    }

    private static final List<Place> PLACES = List.of(
            new Place(LETTERS, POST),
            new Place("/api/v1/admin/dead-letters/(retry|drop)", POST),
            new Place("(/api/v1/admin)?/relays/[^/]+/check", POST),
            new Place("/api/v1/admin/(relays|cycles)", POST),
            new Place("/api/v1/admin/relays/[^/]+", List.of("PATCH", "DELETE")),
            new Place("/api/v1/admin/config", List.of("GET", "HEAD", "PATCH")));

    private Posting() {}

    private static List<String> methods(RoutingContext ctx) {
        String path = ctx.normalizedPath();
        return PLACES.stream()
                .filter(place -> place.path.matcher(path).matches())
                .map(Place::methods)
                .findFirst()
                .orElse(READ);
    }

    /** Whether this address takes more than reading. */
    static boolean isTo(RoutingContext ctx) {
        return !methods(ctx).equals(READ);
    }

    /** What the address takes; elsewhere reading, and asking whether another origin may read. */
    static boolean allows(RoutingContext ctx) {
        HttpMethod method = ctx.request().method();
        return methods(ctx).contains(method.name())
                || (method.equals(HttpMethod.OPTIONS) && !isTo(ctx) && (ApiRoutes.isPublic(ctx) || isTheRelay(ctx)));
    }

    /** Where our own relay is (NIP-11). */
    private static boolean isTheRelay(RoutingContext ctx) {
        return ctx.normalizedPath().equals("/");
    }

    /** The methods of an address, as the header {@code Allow} names them. */
    static String allowed(RoutingContext ctx) {
        return String.join(", ", methods(ctx));
    }
}
