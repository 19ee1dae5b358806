package org.nostrmonitor.storage;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.Nip11;
import org.nostrmonitor.nostr.PlainText;
import org.nostrmonitor.nostr.ProtocolException;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.storage.ReportStore.Finding;
import org.nostrmonitor.wire.ReportJson;

/**
 * A finding with what takes time to make of it: JSON, hash and parsed document. Made off the event loop.
 *
 * @param targets of the event, a JSON array
 */
record PreparedFinding(
        CheckReport report,
        String reportJson,
        @Nullable Document document,
        ReportStore.@Nullable EventMaker maker,
        String targets) {

    /** @param nips a JSON array */
    record Document(
            Buffer hash,
            String body,
            @Nullable String name,
            @Nullable String software,
            String nips) {}

    static PreparedFinding of(Finding finding) {
        CheckReport report = finding.report();
        return new PreparedFinding(
                report,
                StorableJson.of(ReportJson.write(report)),
                document(report.document()),
                finding.event(),
                PgOutbox.urls(finding.publishTo()));
    }

    private static @Nullable Document document(@Nullable String received) {
        if (received == null) {
            return null;
        }
        String body = PlainText.storable(received);
        Buffer hash = Buffer.buffer(sha256(body));
        try {
            Nip11 read = Nip11.parse(body);
            String nips = new JsonArray(read.supportedNips()).encode();
            return new Document(hash, body, read.name(), read.software(), nips);
        } catch (ProtocolException e) {
            return new Document(hash, body, null, null, "[]");
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
