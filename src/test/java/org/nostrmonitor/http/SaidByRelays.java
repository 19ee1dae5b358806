package org.nostrmonitor.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Capability;
import org.nostrmonitor.relay.CheckReport;
import org.nostrmonitor.relay.Facts;
import org.nostrmonitor.relay.Known;
import org.nostrmonitor.relay.Network;
import org.nostrmonitor.relay.Outcome;
import org.nostrmonitor.relay.Phases;
import org.nostrmonitor.relay.Place;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.relay.Requirement;
import org.nostrmonitor.relay.Stage;
import org.nostrmonitor.relay.TlsSession;
import org.nostrmonitor.relay.TlsSession.Certificate;
import org.nostrmonitor.storage.Family;
import org.nostrmonitor.storage.Family.Kin;
import org.nostrmonitor.storage.Ongoing;
import org.nostrmonitor.storage.RelayViews;
import org.nostrmonitor.storage.Traits;

/** One relay that says the same text wherever a relay, its host, its certificate or its operator can say anything. */
record SaidByRelays(String text) implements RelayViews {
    /** Hebrew, with a path that wants to be markup. */
    static final RelayUrl URL = RelayUrl.of("wss://\u05d9\u05e9\u05e8\u05d0\u05dc.example/%22%3E%3Cimg%20src=x%3E");

    /** In which it failed at another stage each. */
    static final List<String> REGIONS = List.of("reads", "refuses", "fails-tls", "fails-upgrade", "fails-read");

    private static final Instant AT = DemoClient.NOW.minusSeconds(60);
    private static final int MOST = 2_000;
    private static final String STRIP = "1".repeat(96);

    private Item item() {
        return new Item(
                URL,
                RelayState.ONLINE,
                AT,
                AT,
                null,
                null,
                Duration.ofMillis(9),
                Duration.ofMillis(8),
                Duration.ofMillis(7),
                true,
                text,
                text,
                STRIP,
                new Traits(AT, null, 1L, null, null, null, null, Traits.Shares.NONE, text, List.of(1), List.of(text)));
    }

    /** The prober takes 128 KiB of it at most. */
    private String document() {
        String said = text.length() > MOST ? text.substring(0, MOST) : text;
        JsonArray list = new JsonArray().add(said);
        JsonObject fee = new JsonObject().put("amount", 1).put("unit", said).put("period", said);
        return new JsonObject()
                .put("name", said)
                .put("description", said)
                .put("pubkey", said)
                .put("self", said)
                .put("contact", said)
                .put("software", said)
                .put("version", said)
                .put("icon", said)
                .put("banner", said)
                .put("posting_policy", said)
                .put("privacy_policy", said)
                .put("terms_of_service", said)
                .put("payments_url", said)
                .put("relay_countries", list)
                .put("language_tags", list)
                .put("tags", list)
                .put("supported_nips", new JsonArray().add(1).add(45).add(50))
                .put("limitation", new JsonObject().put("max_limit", 5).put("auth_required", true))
                .put("fees", new JsonObject().put("admission", new JsonArray().add(fee)))
                .put(said, said)
                .encode();
    }

    private CheckReport report(String region) {
        Outcome later = new Outcome.NotTested(Reason.NOT_REACHED, text);
        Outcome passed = new Outcome.Passed(text);
        Outcome refused = new Outcome.Refused(Reason.RESTRICTED, text);
        Outcome invalid = new Outcome.Failed(Stage.NIP11, Reason.NOT_JSON, text);
        return switch (region) {
            case "reads" -> report(region, passed, passed, refused, passed);
            case "refuses" ->
                report(region, passed, refused, new Outcome.Failed(Stage.WRITE, Reason.CLOSED, text), invalid);
            case "fails-tls" ->
                report(region, new Outcome.Failed(Stage.TLS, Reason.TLS_BAD_CERTIFICATE, text), later, later, later);
            case "fails-upgrade" ->
                report(region, new Outcome.Failed(Stage.UPGRADE, Reason.PROTOCOL, text), later, later, invalid);
            default -> report(region, passed, new Outcome.Failed(Stage.READ, Reason.PROTOCOL, text), later, invalid);
        };
    }

    private CheckReport report(String region, Outcome open, Outcome read, Outcome write, Outcome nip11) {
        Phases phases = Phases.NONE;
        for (Stage stage : Stage.values()) {
            phases = phases.with(stage, Duration.ofMillis(5));
        }
        return new CheckReport(
                URL,
                region,
                AT,
                AT,
                "203.0.113.7",
                phases,
                open,
                read,
                write,
                nip11,
                nip11.passed() ? document() : null,
                Map.of(Requirement.AUTH, false),
                Duration.ofMillis(1),
                Set.of(),
                1,
                facts());
    }

    private Facts facts() {
        Certificate leaf = new Certificate(
                text, text, List.of(text, text), AT.minusSeconds(9_000), AT.plusSeconds(90_000), "ab".repeat(32));
        TlsSession tls = new TlsSession("TLSv1.3", "TLS_AES_128_GCM_SHA256", List.of(leaf));
        Place place = new Place("DE", text, "u33", 64_496L, text, false);
        return new Facts(List.of("203.0.113.7"), tls, place, capabilities(), Map.of("max_limit", 5));
    }

    private Map<Integer, Capability> capabilities() {
        return Map.of(
                45, new Capability(Capability.Finding.REFUTED, text),
                50, new Capability(Capability.Finding.CONFIRMED, text));
    }

    private Seen seen(String region) {
        Known known = new Known(Map.of(Requirement.AUTH, false), capabilities(), Map.of("max_limit", 1));
        return new Seen(region, RelayState.ONLINE, AT, report(region), STRIP, new Uptime(9, 9), known);
    }

    @Override
    public Future<Overview> overview() {
        Map<RelayState, Integer> states = new EnumMap<>(RelayState.class);
        for (RelayState state : RelayState.values()) {
            states.put(state, 1);
        }
        List<Count> said = List.of(new Count(text, 1));
        return Future.succeededFuture(new Overview(
                states,
                null,
                null,
                null,
                Map.of(Network.CLEARNET, 1),
                List.of(item()),
                List.of(new Failure(Stage.TCP, Reason.TCP_REFUSED, 1)),
                said,
                List.of(new Count("1", 1)),
                AT,
                1,
                new Ongoing(1, 1, 1, 1, 1, List.of(item(), item()), List.of(item()))));
    }

    @Override
    public Future<Page> relays(Query query) {
        return Future.succeededFuture(new Page(List.of(item(), item()), 2, null));
    }

    @Override
    public Future<Page> part(Query query) {
        return relays(query);
    }

    @Override
    public Future<@Nullable Detail> relay(RelayUrl url) {
        return Future.succeededFuture(new Detail(
                item(),
                true,
                false,
                null,
                null,
                AT,
                text,
                AT,
                new Uptime(9, 9),
                new Uptime(9, 9),
                REGIONS.stream().map(this::seen).toList(),
                document(),
                AT));
    }

    @Override
    public Future<Family> family(RelayUrl url) {
        Kin kin = new Kin(URL, text, AT);
        return Future.succeededFuture(new Family(kin, List.of(kin), 1));
    }

    @Override
    public Future<List<Result>> results(RelayUrl url, @Nullable String region, @Nullable Instant before, int most) {
        return Future.succeededFuture(List.of());
    }
}
