package org.nostrmonitor.http.view;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.LookAlike;
import org.nostrmonitor.relay.RelayUrl;

/**
 * The URL of a relay as it is shown and linked. Only ever a link to our own page about it.
 *
 * @param full the canonical URL
 * @param href our page about it
 * @param scheme {@code wss://} or {@code ws://}
 * @param text host and path as they are on the wire: an IDN as punycode, which looks like nothing else
 * @param tail the end of a long {@code text}, which then always shows; empty if it is short
 * @param letters an IDN as people write it, unless it looks like another name; null for any other host
 * @param lookAlike why the host could be taken for another one, in words; null if it could not
 */
public record Address(
        String full,
        String href,
        String scheme,
        String text,
        String tail,
        @Nullable String letters,
        @Nullable String lookAlike) {
    private static final int LONG = 46;
    private static final int TAIL = 14;

    public static Address of(RelayUrl url) {
        String lookAlike = LookAlike.why(url.host());
        boolean readable = LookAlike.isInternational(url.host()) && lookAlike == null;
        String value = url.value();
        String scheme = value.substring(0, value.indexOf("://") + 3);
        String rest = value.substring(scheme.length());
        String text = url.target().equals("/") ? rest.substring(0, rest.length() - 1) : rest;
        String tail = text.length() > LONG ? text.substring(text.length() - TAIL) : "";
        return new Address(
                value,
                path(url),
                scheme,
                text.substring(0, text.length() - tail.length()),
                tail,
                readable ? LookAlike.inLetters(url.host()) : null,
                lookAlike);
    }

    /** Where our page about a relay is: the whole URL as one segment. */
    public static String path(RelayUrl url) {
        return "/relays/" + encoded(url.value());
    }

    /** For a path segment or a query: everything but letters, digits and a few marks as percent and hex. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Scheme and text in one. */
    public String shown() {
        return scheme + text + tail;
    }
}
