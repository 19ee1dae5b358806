package org.nostrmonitor.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.regex.Pattern;

/**
 * Where a reader found this site, {@code https://monitor.example}: for links that are read elsewhere. It is what the request
 * says, so it is only ever told to whoever made the request.
 */
final class Origin {
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?|\\[[0-9A-Fa-f:.]{2,45}](:[0-9]{1,5})?");
    private static final String HERE = "localhost";

    private Origin() {}

    static String of(RoutingContext ctx) {
        HttpServerRequest request = ctx.request();
        HostAndPort authority = request.authority();
        String host = authority == null ? HERE : authority.toString();
        boolean secure = request.isSSL() || "https".equals(request.getHeader("X-Forwarded-Proto"));
        return (secure ? "https://" : "http://") + (HOST.matcher(host).matches() ? host : HERE);
    }
}
