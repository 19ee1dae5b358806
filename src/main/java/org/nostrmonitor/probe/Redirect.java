package org.nostrmonitor.probe;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.nostrmonitor.relay.InvalidRelayUrl;
import org.nostrmonitor.relay.RelayUrl;

/** Where an HTTP redirect of a NIP-11 fetch leads, if it is a place where we go (RFC 9110 §10.2.2). */
final class Redirect {
    private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:.*", Pattern.DOTALL);

    private Redirect() {}

    /**
     * The new URL, in the scheme of relays so that it is canonical and checked as theirs are; empty for another scheme, for
     * what is no URL, and for a port that is neither a web port nor the one we came from.
     */
    static Optional<RelayUrl> from(RelayUrl current, String location) {
        String scheme = current.secure() ? "wss:" : "ws:";
        String value = current.value();
        String origin = value.substring(0, value.length() - current.target().length());
        if (location.startsWith("//")) {
            return url(current, scheme + location);
        }
        if (location.startsWith("/")) {
            return url(current, origin + location);
        }
        if (SCHEME.matcher(location).matches()) {
            return asRelay(location).flatMap(absolute -> url(current, absolute));
        }
        return url(current, origin + base(current.target(), location) + location);
    }

    /** RFC 3986 §5.2.3: a relative path replaces what follows the last slash, a bare query only the query. */
    private static String base(String target, String location) {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        return location.startsWith("?") ? path : path.substring(0, path.lastIndexOf('/') + 1);
    }

    private static Optional<String> asRelay(String location) {
        String lower = location.toLowerCase(Locale.ROOT);
        if (lower.startsWith("https://")) {
            return Optional.of("wss" + location.substring("https".length()));
        }
        return lower.startsWith("http://") ? Optional.of("ws" + location.substring("http".length())) : Optional.empty();
    }

    private static Optional<RelayUrl> url(RelayUrl current, String text) {
        try {
            RelayUrl url = RelayUrl.parse(text);
            boolean webPort = url.port() == 80 || url.port() == 443 || url.port() == current.port();
            return webPort ? Optional.of(url) : Optional.empty();
        } catch (InvalidRelayUrl e) {
            return Optional.empty();
        }
    }
}
