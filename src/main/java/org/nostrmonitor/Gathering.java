package org.nostrmonitor;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.config.Role;
import org.nostrmonitor.keys.NodeKeys;
import org.nostrmonitor.storage.PgSharedSettings;
import org.nostrmonitor.storage.SharedSettings;
import org.nostrmonitor.storage.SharedSettings.Shared;

/** Brings the parts of a node together: its key, the settings that all nodes agree on, and the relays that it is told of. */
final class Gathering {
    private Gathering() {}

    /** Fails with a {@link org.nostrmonitor.config.StartFailure} if the key or a list cannot be read. */
    static Future<Parts> of(
            Vertx vertx, MonitorConfig config, Foundations foundations, PrometheusMeterRegistry registry) {
        return settings(config, foundations)
                .compose(shared -> vertx.executeBlocking(
                        () -> Parts.of(
                                vertx,
                                config,
                                foundations,
                                shared,
                                NodeKeys.load(config.monitor(), NodeKeys.file(config)),
                                registry),
                        false))
                .compose(parts -> KnownRelays.add(parts).map(parts));
    }

    /** What all nodes agree on now. */
    static Future<Shared> settings(Parts parts) {
        return new PgSharedSettings(parts.foundations().database()).read(Shared.of(parts.config()));
    }

    private static Future<Shared> settings(MonitorConfig config, Foundations foundations) {
        SharedSettings settings = new PgSharedSettings(foundations.database());
        Shared ofThisNode = Shared.of(config);
        return config.roles().contains(Role.SCHEDULER) ? settings.seed(ofThisNode) : settings.read(ofThisNode);
    }
}
