package org.nostrmonitor.config;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.nostrmonitor.relay.InvalidRelayUrl;
import org.nostrmonitor.relay.Network;
import org.nostrmonitor.relay.Printable;
import org.nostrmonitor.relay.RelayUrl;

/** What the texts of a configuration may say. A text that may hold a secret is never quoted. */
final class Formats {
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,32}");
    private static final Pattern GEOHASH = Pattern.compile("[0-9b-hjkmnp-z]{1,9}");
    private static final Pattern SECRET_KEY =
            Pattern.compile("[0-9a-fA-F]{64}|nsec1[02-9ac-hj-np-z]{58}|ncryptsec1[02-9ac-hj-np-z]{152}");
    private static final Pattern PUBLIC_KEY = Pattern.compile("[0-9a-fA-F]{64}");
    private static final ZonedDateTime ANY_TIME = ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    private Formats() {}

    static Role role(String text) throws Wrong {
        for (Role role : Role.values()) {
            if (role.label().equals(text)) {
                return role;
            }
        }
        String roles = Arrays.stream(Role.values()).map(Role::label).collect(Collectors.joining(", "));
        throw new Wrong("no role is called " + quoted(text) + " (" + roles + ")");
    }

    static String region(String text) throws Wrong {
        if (!REGION.matcher(text).matches()) {
            throw new Wrong(quoted(text) + " is not 1 to 32 of a-z, 0-9 and -");
        }
        return text;
    }

    static String geohash(String text) throws Wrong {
        if (!GEOHASH.matcher(text).matches()) {
            throw new Wrong(quoted(text) + " is not a geohash of 1 to 9 characters");
        }
        return text;
    }

    /** Never quoted: a secret key looks the same. */
    static String publicKey(String text) throws Wrong {
        if (!PUBLIC_KEY.matcher(text).matches()) {
            throw new Wrong("is not a public key of 64 hex digits");
        }
        return text.toLowerCase(Locale.ROOT);
    }

    static String webUrl(String text) throws Wrong {
        try {
            URI uri = new URI(text);
            if (uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
                return text;
            }
        } catch (URISyntaxException e) {
            throw new Wrong(quoted(text) + " is not a URL");
        }
        throw new Wrong(quoted(text) + " is not a URL of the form https://host/path");
    }

    /** The checksum of an nsec is checked where the key is read. */
    static Secret secretKey(Secret secret) throws Wrong {
        if (!SECRET_KEY.matcher(secret.text()).matches()) {
            throw new Wrong("is neither 64 hex digits, nor an nsec1 or ncryptsec1 key");
        }
        return secret;
    }

    static String cron(String text) throws Wrong {
        try {
            Cron cron = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX)).parse(text);
            if (ExecutionTime.forCron(cron).nextExecution(ANY_TIME).isEmpty()) {
                throw new Wrong(quoted(text) + " never comes");
            }
            return cron.asString();
        } catch (IllegalArgumentException e) {
            String why = String.valueOf(e.getMessage()).replace("Failed to parse cron expression. ", "");
            throw new Wrong(quoted(text) + " is not a cron expression of five fields: " + why);
        }
    }

    static RelayUrl relayUrl(String text) throws Wrong {
        try {
            return RelayUrl.parse(text);
        } catch (InvalidRelayUrl e) {
            throw new Wrong(e.why());
        }
    }

    static String network(String text) throws Wrong {
        boolean overlay = Arrays.stream(Network.values())
                .anyMatch(network ->
                        network != Network.CLEARNET && network.label().equals(text));
        if (!overlay) {
            throw new Wrong("there is no such network (tor, i2p, loki)");
        }
        return text;
    }

    static String proxy(String text) throws Wrong {
        String begin = "socks5://";
        if (!text.startsWith(begin)) {
            throw new Wrong("does not begin with socks5://");
        }
        Addresses.hostAndPort(text.substring(begin.length()));
        return text;
    }

    static String postgresUri(String text) throws Wrong {
        URI uri = uri(text, Set.of("postgresql", "postgres"), "postgresql://user:password@host:port/database");
        String database = uri.getPath();
        if (database == null || database.length() < 2) {
            throw new Wrong("names no database: postgresql://user:password@host:port/database");
        }
        return text;
    }

    static String redisUri(String text) throws Wrong {
        uri(text, Set.of("redis", "rediss"), "redis://user:password@host:port/database");
        return text;
    }

    /** The text itself may hold a password: it is not repeated. */
    private static URI uri(String text, Set<String> schemes, String form) throws Wrong {
        try {
            URI uri = new URI(text);
            String scheme = uri.getScheme();
            if (scheme == null || !schemes.contains(scheme.toLowerCase(Locale.ROOT)) || uri.getHost() == null) {
                throw new Wrong("is not of the form " + form);
            }
            return uri;
        } catch (URISyntaxException e) {
            throw new Wrong("is not of the form " + form + ", or has special characters that are not percent-encoded");
        }
    }

    static String quoted(String text) {
        return '"' + Printable.of(text, 60) + '"';
    }
}
