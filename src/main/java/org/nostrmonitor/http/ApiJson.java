package org.nostrmonitor.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Network;
import org.nostrmonitor.relay.Reason;
import org.nostrmonitor.relay.RelayState;
import org.nostrmonitor.relay.Stage;
import org.nostrmonitor.storage.Ongoing;
import org.nostrmonitor.storage.RelayViews.Count;
import org.nostrmonitor.storage.RelayViews.Failure;
import org.nostrmonitor.storage.RelayViews.Item;
import org.nostrmonitor.storage.RelayViews.Overview;
import org.nostrmonitor.storage.RelayViews.Page;
import org.nostrmonitor.storage.RelayViews.Result;
import org.nostrmonitor.storage.Traits;

/** What the API answers, as {@code openapi.yaml} describes it: camelCase, milliseconds, ISO-8601 in UTC. */
final class ApiJson {
    private static final double MICROS_PER_MILLI = 1e3;

    private ApiJson() {}

    static JsonObject overview(Overview overview, Instant now) {
        JsonObject states = new JsonObject();
        for (RelayState state : RelayState.values()) {
            states.put(state.label(), overview.states().getOrDefault(state, 0));
        }
        JsonObject networks = new JsonObject();
        for (Network network : Network.values()) {
            networks.put(network.label(), overview.upByNetwork().getOrDefault(network, 0));
        }
        return new JsonObject()
                .put("at", now.toString())
                .put("lastCheckedAt", text(overview.lastCheckedAt()))
                .put("relays", states)
                .put(
                        "openMs",
                        new JsonObject().put("p50", ms(overview.openP50())).put("p95", ms(overview.openP95())))
                .put("readMs", new JsonObject().put("p50", ms(overview.readP50())))
                .put("upByNetwork", networks)
                .put("changes", items(overview.changes()))
                .put("failures", failures(overview.failures()))
                .put("software", counts("software", overview.software()))
                .put("nips", counts("nip", overview.nips()))
                .put("aliases", overview.aliases())
                .put("incidents", incidents(overview.incidents()));
    }

    private static @Nullable JsonObject incidents(@Nullable Ongoing incidents) {
        return incidents == null
                ? null
                : new JsonObject()
                        .put("down", incidents.down())
                        .put("downLonger", incidents.downLonger())
                        .put("offlineFirst", incidents.offlineFirst())
                        .put("degraded", incidents.degraded())
                        .put("back", incidents.back())
                        .put("newest", items(incidents.newest()))
                        .put("returned", items(incidents.returned()));
    }

    private static JsonArray counts(String name, List<Count> counts) {
        return new JsonArray(counts.stream()
                .map(c -> new JsonObject().put(name, c.what()).put("relays", c.relays()))
                .toList());
    }

    static JsonObject page(Page page) {
        return new JsonObject()
                .put("items", items(page.items()))
                .put("total", page.total())
                .put("stale", page.stale() != null)
                .put("next", page.next());
    }

    private static JsonArray failures(List<Failure> failures) {
        return new JsonArray(failures.stream()
                .map(failure -> new JsonObject()
                        .put("stage", failure.stage().label())
                        .put("reason", failure.reason().label())
                        .put("relays", failure.relays()))
                .toList());
    }

    private static JsonArray items(List<Item> items) {
        return new JsonArray(items.stream().map(ApiJson::item).toList());
    }

    static JsonObject item(Item item) {
        Traits traits = item.traits();
        JsonObject json = new JsonObject()
                .put("url", item.url().value())
                .put("network", item.url().network().label())
                .put("state", item.state().label())
                .put("since", item.since().toString())
                .put("checkedAt", text(item.checkedAt()))
                .put("stage", label(item.stage()))
                .put("reason", label(item.reason()))
                .put("openMs", ms(item.open()))
                .put("readMs", ms(item.read()))
                .put("writeMs", ms(item.write()))
                .put("writable", item.writable())
                .put("name", item.name())
                .put("software", item.software())
                .put("contact", traits.contact())
                .put("addedAt", text(traits.addedAt()))
                .put("uptimeShareDay", traits.uptime().day())
                .put("uptimeShare", traits.uptime().week())
                .put("uptimeShareMonth", traits.uptime().month())
                .put("country", traits.country())
                .put("asn", traits.asn())
                .put("auth", traits.auth())
                .put("payment", traits.payment())
                .put("pow", traits.pow())
                .put("restricted", traits.restricted())
                .put("nips", new JsonArray(traits.nips()))
                .put("tags", new JsonArray(traits.tags()));
        return item.strip().isEmpty()
                ? json
                : json.put("strip", item.strip())
                        .put(
                                "openHoursMs",
                                new JsonArray(
                                        item.spark().stream().map(ApiJson::ms).toList()));
    }

    static JsonObject result(Result result) {
        return new JsonObject()
                .put("region", result.region())
                .put("cycle", result.cycle().toString())
                .put("checkedAt", result.checkedAt().toString())
                .put("state", result.state().label())
                .put("stage", label(result.stage()))
                .put("reason", label(result.reason()))
                .put("readReason", label(result.readReason()))
                .put("writeReason", label(result.writeReason()))
                .put("nip11Reason", label(result.nip11Reason()))
                .put("dnsMs", ms(result.dns()))
                .put("openMs", ms(result.open()))
                .put("readMs", ms(result.read()))
                .put("writeMs", ms(result.write()));
    }

    static @Nullable String label(@Nullable Stage stage) {
        return stage == null ? null : stage.label();
    }

    static @Nullable String label(@Nullable Reason reason) {
        return reason == null ? null : reason.label();
    }

    static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }

    private static @Nullable Double ms(@Nullable Duration duration) {
        return duration == null ? null : Math.round(duration.toNanos() / 1e3) / MICROS_PER_MILLI;
    }
}
