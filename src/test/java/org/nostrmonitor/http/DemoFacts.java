package org.nostrmonitor.http;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Facts;
import org.nostrmonitor.relay.Place;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.TlsSession;
import org.nostrmonitor.relay.TlsSession.Certificate;

/** Addresses, places and certificates of made-up relays: one in order, one expired, one hostile; of the others nothing. */
final class DemoFacts {
    private DemoFacts() {}

    static Facts of(RelayUrl url, Instant now) {
        if (url.equals(DemoData.HEALTHY)) {
            return facts(
                    List.of("203.0.113.2", "2001:db8::2"),
                    new Place("DE", "Berlin", "u33", 64_496L, "Nordlicht Hosting", false),
                    tls(
                            "TLSv1.3",
                            "relay.nordlicht.example",
                            now.plus(Duration.ofDays(9).plusHours(5))));
        }
        if (url.equals(DemoData.EXPIRED)) {
            return facts(
                    List.of("203.0.113.3"),
                    new Place(null, null, null, 13_335L, "CLOUDFLARENET", true),
                    tls(
                            null,
                            "relay.havfrue.example",
                            now.minus(Duration.ofDays(2).plusHours(1))));
        }
        return url.equals(DemoData.HOSTILE)
                ? facts(List.of(), null, tls("TLSv1.3", DemoData.HOSTILE_NAME, now.plus(Duration.ofDays(60))))
                : Facts.NONE;
    }

    private static Facts facts(List<String> addresses, @Nullable Place place, TlsSession tls) {
        return new Facts(addresses, tls, place, Map.of(), Map.of());
    }

    private static TlsSession tls(@Nullable String protocol, String name, Instant until) {
        Certificate leaf = new Certificate(
                "CN=" + name,
                "CN=R11, O=Let's Encrypt",
                List.of(name),
                until.minus(Duration.ofDays(90)),
                until,
                "c0ffee".repeat(10) + "abcd");
        return new TlsSession(protocol, protocol == null ? null : "TLS_AES_128_GCM_SHA256", List.of(leaf, leaf));
    }
}
