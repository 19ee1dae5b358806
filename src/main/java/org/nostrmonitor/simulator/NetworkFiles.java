package org.nostrmonitor.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayUrl;

/** What a simulated network leaves in its directory, for a monitor to find it and for a test to judge the monitor. */
final class NetworkFiles {
    /** Far above what one machine reaches: all simulated relays share one address, which would be limited like one host. */
    private static final int UNLIMITED = 10_000;

    private final Path directory;

    NetworkFiles(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
    }

    Path relays() {
        return directory.resolve("relays.txt");
    }

    Path authority() {
        return directory.resolve("ca.pem");
    }

    Path config() {
        return directory.resolve("config.json");
    }

    Path expected() {
        return directory.resolve("expected.ndjson");
    }

    void write(List<SimulatedRelay> relays, RelayUrl target, String authorityPem) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(authority(), authorityPem);
        Files.writeString(config(), configFor(target).encodePrettily() + "\n");
        try (BufferedWriter urls = Files.newBufferedWriter(relays());
                BufferedWriter truths = Files.newBufferedWriter(expected())) {
            for (SimulatedRelay relay : relays) {
                urls.write(relay.url().value() + "\n");
                truths.write(truthOf(relay).encode() + "\n");
            }
        }
    }

    private JsonObject configFor(RelayUrl target) {
        return new JsonObject()
                .put("dataDirectory", directory.resolve("data").toString())
                .put("monitor", new JsonObject().put("name", "Monitor of a simulated network"))
                .put("relays", new JsonObject().put("builtin", false).put("files", one(relays())))
                .put("publish", new JsonObject().put("relays", one(target.value())))
                .put(
                        "network",
                        new JsonObject()
                                .put("allowAddresses", one("127.0.0.0/8"))
                                .put("trustedCertificates", one(authority())))
                .put(
                        "rateLimits",
                        new JsonObject()
                                .put("perAddress", UNLIMITED)
                                .put("perNetwork", UNLIMITED)
                                .put("global", UNLIMITED));
    }

    private static JsonArray one(Object value) {
        return new JsonArray().add(value.toString());
    }

    private static JsonObject truthOf(SimulatedRelay relay) {
        Expected truth = relay.expected();
        return new JsonObject()
                .put("url", relay.url().value())
                .put("behaviour", relay.behaviour().label())
                .put("state", truth.state().label())
                .put("stage", truth.stage() == null ? null : truth.stage().label())
                .put("reason", label(truth.reason()))
                .put("readable", truth.readable())
                .put("writable", truth.writable())
                .put("nip11", truth.nip11())
                .put("refusal", label(truth.refusal()))
                .put("requirements", requirements(truth))
                .put("capabilities", capabilities(truth));
    }

    private static JsonObject requirements(Expected truth) {
        JsonObject json = new JsonObject();
        new TreeMap<>(truth.requirements()).forEach((requirement, needed) -> json.put(requirement.label(), needed));
        return json;
    }

    private static JsonObject capabilities(Expected truth) {
        JsonObject json = new JsonObject();
        new TreeMap<>(truth.capabilities()).forEach((nip, finding) -> json.put(nip.toString(), finding.label()));
        return json;
    }

    private static @Nullable String label(org.nostrmonitor.relay.@Nullable Reason reason) {
        return reason == null ? null : reason.label();
    }
}
