package org.nostrmonitor.queue;

import java.time.DateTimeException;
import java.time.Instant;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.relay.RelayUrl;

/**
 * How cycles, relays and jobs are called in Redis: as short as can be told apart, for there are 100,000 of them, twice. A cycle is
 * its second in base 36; a URL is without {@code wss://} and without the slash of an empty path.
 */
final class Names {
    private static final String SECURE = "wss://";
    private static final String PLAIN = "ws://";
    private static final int RADIX = 36;

    private Names() {}

    static String of(Instant cycle) {
        return Long.toString(cycle.getEpochSecond(), RADIX);
    }

    static String of(RelayUrl relay) {
        return shortened(relay.value());
    }

    static String of(CheckJob job) {
        return of(job.cycle()) + ' ' + of(job.relay());
    }

    private static String shortened(String url) {
        String rest = url.startsWith(SECURE) ? url.substring(SECURE.length()) : url;
        int slash = rest.indexOf('/', rest.startsWith(PLAIN) ? PLAIN.length() : 0);
        return slash == rest.length() - 1 && slash > 0 ? rest.substring(0, slash) : rest;
    }

    private static String full(String name) {
        String url = name.startsWith(PLAIN) ? name : SECURE + name;
        return url.indexOf('/', SECURE.length()) < 0 ? url + '/' : url;
    }

    /** @throws IllegalArgumentException if it is not the name of a cycle */
    static Instant cycle(String name) {
        try {
            return Instant.ofEpochSecond(Long.parseLong(name, RADIX));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("not the second of a cycle: " + name, e);
        }
    }

    /** @throws IllegalArgumentException if it is not the name of a relay: of one that has another name, too */
    static RelayUrl relay(String name) {
        RelayUrl relay = RelayUrl.of(full(name));
        if (!of(relay).equals(name)) {
            throw new IllegalArgumentException("not the canonical URL of a relay: " + full(name));
        }
        return relay;
    }

    /** What {@link CheckJob#id()} is to the name of a job: {@code <epoch second> <url>}. */
    static String id(String name) {
        int space = name.indexOf(' ');
        return cycle(name.substring(0, space)).getEpochSecond() + " " + full(name.substring(space + 1));
    }

    /** The other way round; a text that is no id is the name of nothing. */
    static String ofId(String id) {
        int space = id.indexOf(' ');
        try {
            long second = Long.parseLong(id.substring(0, Math.max(space, 0)));
            return Long.toString(second, RADIX) + ' ' + shortened(id.substring(space + 1));
        } catch (NumberFormatException e) {
            return "";
        }
    }
}
