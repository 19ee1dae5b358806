package org.nostrmonitor.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nip66.Conflict;
import org.nostrmonitor.nip66.Conflicts;
import org.nostrmonitor.nostr.Nip11;
import org.nostrmonitor.nostr.ProtocolException;
import org.nostrmonitor.relay.CertificateExpiry;
import org.nostrmonitor.relay.TlsSession;
import org.nostrmonitor.storage.Family;
import org.nostrmonitor.storage.Family.Kin;
import org.nostrmonitor.storage.RelayViews.Detail;
import org.nostrmonitor.storage.RelayViews.Seen;
import org.nostrmonitor.storage.RelayViews.Uptime;
import org.nostrmonitor.wire.KnownJson;
import org.nostrmonitor.wire.ReportJson;

/** All that is known of one relay, as the API answers it. */
final class ApiDetail {
    private final Detail detail;
    private final @Nullable Nip11 document;

    private ApiDetail(Detail detail) {
        this.detail = detail;
        this.document = read(detail.document());
    }

    private static @Nullable Nip11 read(@Nullable String document) {
        try {
            return document == null ? null : Nip11.parse(document);
        } catch (ProtocolException e) {
            return null;
        }
    }

    static JsonObject of(Detail detail, Family family, Instant now) {
        return new ApiDetail(detail).json(family, now);
    }

    private JsonObject json(Family family, Instant now) {
        Kin of = family.of();
        return ApiJson.item(detail.item())
                .put("enabled", detail.enabled())
                .put("first", detail.first())
                .put("optedOutAt", ApiJson.text(detail.optedOutAt()))
                .put("optedOutWhy", detail.optedOutWhy())
                .put("addedAt", detail.addedAt().toString())
                .put("source", detail.source())
                .put("lastUpAt", ApiJson.text(detail.lastUp()))
                .put("uptime", new JsonObject().put("day", uptime(detail.day())).put("week", uptime(detail.week())))
                .put("certificate", certificate(now))
                .put(
                        "regions",
                        new JsonArray(detail.regions().stream().map(this::seen).toList()))
                .put("aliasOf", of == null ? null : kin(of))
                .put(
                        "aliases",
                        new JsonArray(
                                family.aliases().stream().map(ApiDetail::kin).toList()))
                .put("aliasCount", family.total())
                .put("document", detail.document())
                .put("documentSeenAt", ApiJson.text(detail.documentSeenAt()));
    }

    private static JsonObject kin(Kin kin) {
        return new JsonObject()
                .put("url", kin.url().value())
                .put("why", kin.why())
                .put("since", kin.since().toString());
    }

    /** What the region that looked last saw of it; null if none made a handshake. */
    private @Nullable JsonObject certificate(Instant now) {
        Seen newest = null;
        for (Seen seen : detail.regions()) {
            boolean later = newest == null
                    || seen.report().checkedAt().isAfter(newest.report().checkedAt());
            newest = seen.report().facts().tls() != null && later ? seen : newest;
        }
        TlsSession tls = newest == null ? null : newest.report().facts().tls();
        return newest == null || tls == null
                ? null
                : new JsonObject()
                        .put("region", newest.region())
                        .put("seenAt", newest.report().checkedAt().toString())
                        .put("subject", tls.leaf().subject())
                        .put("issuer", tls.leaf().issuer())
                        .put("names", new JsonArray(tls.leaf().names()))
                        .put("notBefore", tls.leaf().notBefore().toString())
                        .put("notAfter", tls.leaf().notAfter().toString())
                        .put("sha256", tls.leaf().sha256())
                        .put("warning", CertificateExpiry.warning(tls, now).orElse(null));
    }

    private JsonObject seen(Seen seen) {
        List<Conflict> conflicts = document == null ? List.of() : Conflicts.of(seen.known(), document);
        return new JsonObject()
                .put("region", seen.region())
                .put("state", seen.state().label())
                .put("since", seen.since().toString())
                .put("strip", seen.strip())
                .put("uptimeDay", uptime(seen.day()))
                .put("known", KnownJson.write(seen.known()))
                .put(
                        "conflicts",
                        new JsonArray(
                                conflicts.stream().map(ApiDetail::conflict).toList()))
                .put("report", ReportJson.write(seen.report()));
    }

    private static JsonObject conflict(Conflict conflict) {
        return new JsonObject()
                .put("subject", conflict.subject())
                .put("claimed", conflict.claimed())
                .put("seen", conflict.seen());
    }

    private static JsonObject uptime(Uptime uptime) {
        return new JsonObject()
                .put("answered", uptime.answered())
                .put("made", uptime.made())
                .put("upSeconds", uptime.up().toSeconds())
                .put("knownSeconds", uptime.known().toSeconds());
    }
}
