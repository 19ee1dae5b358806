package org.nostrmonitor.cli;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.CertificateExpiry;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Place;
import org.nostrmonitor.relay.Printable;
import org.nostrmonitor.relay.TlsSession;
import org.nostrmonitor.relay.TlsSession.Certificate;

/** Where a relay is and who it proved to be: the lines of a report below its phases. */
final class NetworkText {
    private static final int LENGTH = 200;
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final List<String> lines = new ArrayList<>();

    private NetworkText() {}

    /** No line for what is not known; an empty one before the rest, if there is any. */
    static List<String> of(CheckReport report) {
        NetworkText text = new NetworkText();
        text.line("address", String.join(", ", report.facts().addresses()));
        text.place(report.facts().place());
        TlsSession tls = report.facts().tls();
        if (tls != null) {
            text.tls(tls);
            CertificateExpiry.warning(tls, report.checkedAt()).ifPresent(warning -> text.lines.add("  " + warning));
        }
        if (!text.lines.isEmpty()) {
            text.lines.add(0, "");
        }
        return text.lines;
    }

    private void place(@Nullable Place place) {
        if (place == null) {
            return;
        }
        line(
                "place",
                place.anycast() ? "many at once (anycast)" : joined(place.city(), place.country(), place.geohash()));
        line(
                "network",
                place.asn() == null ? "" : "AS" + place.asn() + (place.asName() == null ? "" : " " + place.asName()));
    }

    private void tls(TlsSession tls) {
        Certificate leaf = tls.leaf();
        line("tls", joined(tls.protocol(), tls.cipher()));
        line("subject", leaf.subject());
        line("names", String.join(", ", leaf.names()));
        line("issuer", leaf.issuer());
        line("valid", MINUTE.format(leaf.notBefore()) + " to " + MINUTE.format(leaf.notAfter()));
        line("sha256", leaf.sha256());
        line(
                "chain",
                tls.chain().size() == 1
                        ? "only its own certificate"
                        : tls.chain().size() + " certificates");
    }

    private static String joined(@Nullable String... parts) {
        return Stream.of(parts).filter(Objects::nonNull).collect(Collectors.joining(", "));
    }

    private void line(String label, String value) {
        if (!value.isEmpty()) {
            lines.add(String.format(Locale.ROOT, "  %-8s %s", label, Printable.of(value, LENGTH)));
        }
    }
}
