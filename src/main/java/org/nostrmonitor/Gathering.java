package org.nostrmonitor;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.config.Role;
import org.nostrmonitor.config.Secret;
import org.nostrmonitor.config.StartFailure;
import org.nostrmonitor.nostr.EventSigner;
import org.nostrmonitor.nostr.KeyFile;
import org.nostrmonitor.nostr.KeyFileException;
import org.nostrmonitor.nostr.KeyRing;
import org.nostrmonitor.nostr.ProtocolException;
import org.nostrmonitor.nostr.SecretKey;
import org.nostrmonitor.storage.PgSharedSettings;
import org.nostrmonitor.storage.SharedSettings;
import org.nostrmonitor.storage.SharedSettings.Shared;

/** Brings the parts of a node together: its key, the settings that all nodes agree on, and the relays that it is told of. */
final class Gathering {
    private Gathering() {}

    /** Fails with a {@link StartFailure} if the key or a list cannot be read. */
    static Future<Parts> of(
            Vertx vertx, MonitorConfig config, Foundations foundations, PrometheusMeterRegistry registry) {
        return settings(config, foundations)
                .compose(shared -> vertx.executeBlocking(
                        () -> Parts.of(vertx, config, foundations, shared, keys(config), registry), false))
                .compose(parts -> KnownRelays.add(parts).map(parts));
    }

    /** Reads or makes the key file: blocking. */
    private static KeyRing keys(MonitorConfig config) {
        Secret given = config.monitor().secretKey();
        try {
            SecretKey key =
                    given == null ? KeyFile.loadOrCreate(Foundations.keyFile(config)) : SecretKey.parse(given.text());
            return KeyRing.of(EventSigner.of(key));
        } catch (KeyFileException | ProtocolException e) {
            throw new StartFailure(String.valueOf(e.getMessage()), e);
        } finally {
            if (given != null) {
                given.forget();
            }
        }
    }

    private static Future<Shared> settings(MonitorConfig config, Foundations foundations) {
        SharedSettings settings = new PgSharedSettings(foundations.database());
        Shared ofThisNode = Shared.of(config);
        return config.roles().contains(Role.SCHEDULER) ? settings.seed(ofThisNode) : settings.read(ofThisNode);
    }
}
