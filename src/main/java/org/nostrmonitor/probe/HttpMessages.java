package org.nostrmonitor.probe;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Stage;

/** The bounds and common parts of the two HTTP requests that a probe makes: the upgrade, and the NIP-11 document. */
final class HttpMessages {
    /** Answers that are none yet (RFC 9110 §15.2): no server sends more than one or two. */
    private static final int MAX_INTERIM = 10;

    private static final int MAX_LINE = 4_096;
    private static final int MAX_HEADERS = 16_384;
    private static final int CHUNK = 8_192;
    private static final String USER_AGENT = "nostr-monitor (NIP-66 relay monitor)";

    private HttpMessages() {}

    static HttpClientCodec codec() {
        return new HttpClientCodec(MAX_LINE, MAX_HEADERS, CHUNK);
    }

    static FullHttpRequest get(RelayUrl url) {
        FullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, url.target(), Unpooled.EMPTY_BUFFER);
        request.headers().set(HttpHeaderNames.HOST, authority(url)).set(HttpHeaderNames.USER_AGENT, USER_AGENT);
        return request;
    }

    /** What cannot be read as HTTP: because it is not, or because a line or the header is longer than we take. */
    static Fault unreadable(Stage stage, Throwable cause) {
        boolean tooLong = cause instanceof TooLongHttpHeaderException || cause instanceof TooLongHttpLineException;
        return Fault.of(stage, tooLong ? Reason.TOO_LARGE : Reason.PROTOCOL, cause);
    }

    /** For who counts them: null as long as there are not too many. */
    static @Nullable Fault tooMany(int interim, Stage stage) {
        return interim > MAX_INTERIM
                ? new Fault(stage, Reason.TOO_LARGE, "more than " + MAX_INTERIM + " interim responses")
                : null;
    }

    /** RFC 9110 §7.2: the default port is left out, an IPv6 address stands in brackets. */
    private static String authority(RelayUrl url) {
        String host = url.host().indexOf(':') >= 0 ? "[" + url.host() + "]" : url.host();
        return url.port() == (url.secure() ? 443 : 80) ? host : host + ":" + url.port();
    }
}
