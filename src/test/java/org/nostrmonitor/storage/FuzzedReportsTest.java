package org.nostrmonitor.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nostrmonitor.storage.Storage.await;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nostrmonitor.fuzz.Damage;
import org.nostrmonitor.nip66.RelayDiscovery;
import org.nostrmonitor.nostr.EventSigner;
import org.nostrmonitor.nostr.SecretKey;
import org.nostrmonitor.relay.Capability;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Facts;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Phases;
import org.nostrmonitor.relay.Place;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Requirement;
import org.nostrmonitor.relay.Stage;
import org.nostrmonitor.relay.TlsSession;
import org.nostrmonitor.storage.ReportStore.Finding;
import org.nostrmonitor.storage.ReportStore.Stored;
import org.nostrmonitor.wire.ReportJson;

/** Whatever strangers wrote into a report, it is stored; what is stored can be read, by PostgreSQL as jsonb too. */
class FuzzedReportsTest {
    private static final int REPORTS = 400;
    private static final EventSigner SIGNER = EventSigner.of(SecretKey.random());
    private static final List<String> TEXTS = List.of(
            "[\"NOTICE\",\"a \\u0000 \\\\u0000 \\ud800\"]",
            "nul \0, half \ud800 and \udc00, \\ \\u0000 \\\\u0000",
            "🐶\u202e\r\n\u001b[31m");
    private static final List<String> DOCUMENTS = List.of(
            "{\"name\":\"a\\u0000\\ud800\",\"software\":\"s\",\"supported_nips\":[1,\"11\"],\"tags\":[\"x\",\"\\udc00\"],"
                    + "\"retention\":[{\"kinds\":[0,[5,7]],\"time\":0}],\"language_tags\":[\"en\"],\"limitation\":{\"auth_required\":true}}",
            "{\"name\":\"\ud800\"}",
            "{}\0");

    @RegisterExtension
    static final Storage STORAGE = new Storage();

    @Test
    void eventsNulLoneSurrogatesInvalidUtf8AreStorableInPostgresql() {
        long seed = Long.getLong("fuzz.seed", System.nanoTime());
        STORAGE.knowMany(REPORTS);
        ReportStore store = STORAGE.reports();
        List<CheckReport> reports = new ArrayList<>();
        List<Future<Stored>> stored = new ArrayList<>();

        for (int i = 0; i < REPORTS; i++) {
            CheckReport report = report(i, new SplittableRandom(seed + i));
            reports.add(report);
            stored.add(store.store(
                    new Finding(report, known -> SIGNER.sign(RelayDiscovery.of(report, known)), List.of())));
        }

        for (int i = 0; i < REPORTS; i++) {
            String which = "report " + i + " of -Dfuzz.seed=" + seed;
            assertThat(await(stored.get(i))).as(which).matches(Stored::isNew).matches(Stored::eventStored);
            assertThat(read(reports.get(i))).as(which).isEqualTo(storable(reports.get(i)));
        }
        assertThat(STORAGE.value("SELECT count(report::jsonb) FROM relay_current"))
                .isEqualTo("" + REPORTS);
        assertThat(STORAGE.value("SELECT count(known::jsonb) FROM relay_current"))
                .isEqualTo("" + REPORTS);
        assertThat(STORAGE.value("SELECT count(report->'read'->>'evidence') FROM relay_current"))
                .isEqualTo("" + REPORTS);
        assertThat(STORAGE.value("SELECT count(event::jsonb->>'content') FROM discovery_events"))
                .isEqualTo("" + REPORTS);
    }

    private static CheckReport read(CheckReport report) {
        var detail = Objects.requireNonNull(await(STORAGE.views().relay(report.relay())));
        return detail.regions().get(0).report();
    }

    /** Without the document, which is stored on its own. */
    private static CheckReport storable(CheckReport report) {
        return ReportJson.read(new JsonObject(StorableJson.of(ReportJson.write(report))));
    }

    private static CheckReport report(int number, SplittableRandom random) {
        Damage texts = new Damage(random, TEXTS, true);
        return new CheckReport(
                RelayUrl.of("wss://r%05d.example/".formatted(number)),
                "local",
                Reports.NOON,
                Reports.NOON.plusSeconds(3),
                text(texts),
                Phases.NONE.with(Stage.TCP, Duration.ofMillis(1)).with(Stage.READ, Duration.ofMillis(2)),
                new Outcome.Passed(text(texts)),
                new Outcome.Passed(text(texts) + "."),
                new Outcome.Refused(Reason.REFUSED, text(texts)),
                new Outcome.Passed(),
                new Damage(random, DOCUMENTS, true).input(),
                Map.of(Requirement.AUTH, random.nextBoolean()),
                Duration.ofMillis(1),
                Set.of(),
                1,
                facts(texts));
    }

    private static Facts facts(Damage texts) {
        var certificate = new TlsSession.Certificate(
                text(texts), text(texts), List.of(text(texts)), Reports.NOON, Reports.NOON, text(texts));
        return new Facts(
                List.of(text(texts)),
                new TlsSession(text(texts), text(texts), List.of(certificate)),
                new Place(text(texts), text(texts), "u33d", 64_496L, text(texts), false),
                Map.of(45, new Capability(Capability.Finding.REFUTED, text(texts))),
                Map.of(text(texts), 1));
    }

    private static String text(Damage texts) {
        String text = texts.input();
        return text.substring(0, Math.min(300, text.length()));
    }
}
