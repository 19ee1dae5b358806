package org.nostrmonitor.storage;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
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

    /** @param read null if it cannot be read */
    record Document(Buffer hash, String body, @Nullable Nip11 read) {
        private static final int MOST_TAGS = 20;
        private static final int LONGEST_TAG = 64;

        @Nullable
        String name() {
            return read == null ? null : read.name();
        }

        @Nullable
        String software() {
            return read == null ? null : read.software();
        }

        @Nullable
        String contact() {
            return read == null ? null : read.contact();
        }

        /** A JSON array. */
        String nips() {
            return read == null ? "[]" : new JsonArray(read.supportedNips()).encode();
        }

        /** A JSON array, in small letters. */
        String tags() {
            return read == null
                    ? "[]"
                    : new JsonArray(read.tags().stream()
                                    .map(tag -> tag.strip().toLowerCase(Locale.ROOT))
                                    .filter(tag -> !tag.isEmpty() && tag.length() <= LONGEST_TAG)
                                    .distinct()
                                    .limit(MOST_TAGS)
                                    .toList())
                            .encode();
        }

        /** What it claims to ask for; nothing where it could not be read. */
        Nip11.Limitation claims() {
            return read == null ? Nip11.Limitation.NONE : read.limitation();
        }

        @Nullable
        Boolean claimsWork() {
            Integer bits = claims().minPowDifficulty();
            return bits == null ? null : (Boolean) (bits > 0);
        }
    }

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
            return new Document(hash, body, Nip11.parse(body));
        } catch (ProtocolException e) {
            return new Document(hash, body, null);
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
