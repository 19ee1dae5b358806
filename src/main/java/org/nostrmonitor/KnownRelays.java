package org.nostrmonitor;

import io.vertx.core.Future;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.config.Role;
import org.nostrmonitor.config.StartFailure;
import org.nostrmonitor.relay.InvalidRelayUrl;
import org.nostrmonitor.relay.RelayListReader;
import org.nostrmonitor.relay.RelayListReader.Accepted;
import org.nostrmonitor.relay.RelayListReader.Line;
import org.nostrmonitor.relay.RelayListReader.Rejected;
import org.nostrmonitor.relay.RelayUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The relays that a scheduler is told of by its configuration, added at every start; what is known stays as it is. */
final class KnownRelays {
    private static final Logger log = LoggerFactory.getLogger(KnownRelays.class);
    private static final String BUILTIN = "/relays.txt";

    private final List<RelayUrl> relays = new ArrayList<>();

    private KnownRelays() {}

    /** Fails with a {@link StartFailure} if a file cannot be read. A bad line in one is logged, and the rest is added. */
    static Future<Void> add(Parts parts) {
        MonitorConfig.Relays told = parts.config().relays();
        if (!parts.has(Role.SCHEDULER)) {
            return Future.succeededFuture();
        }
        return addBuiltin(parts, told.builtin())
                .compose(done -> parts.vertx().executeBlocking(() -> new KnownRelays().read(told), false))
                .compose(relays -> parts.relays().add(relays, "config"))
                .onSuccess(added -> {
                    if (added.added() > 0) {
                        log.info("{} relays of the configuration are new", added.added());
                    }
                })
                .mapEmpty();
    }

    private static Future<Void> addBuiltin(Parts parts, boolean wanted) {
        return wanted
                ? parts.vertx()
                        .executeBlocking(KnownRelays::builtin, false)
                        .compose(relays -> parts.relays().add(relays, "builtin"))
                        .mapEmpty()
                : Future.succeededFuture();
    }

    private static List<RelayUrl> builtin() throws IOException, InvalidRelayUrl {
        try (InputStream in = KnownRelays.class.getResourceAsStream(BUILTIN)) {
            if (in == null) {
                throw new IllegalStateException("the jar has no " + BUILTIN);
            }
            return RelayListReader.all(in);
        }
    }

    private List<RelayUrl> read(MonitorConfig.Relays told) {
        told.files().forEach(this::readFile);
        told.urls().forEach(url -> relays.add(RelayUrl.of(url)));
        return relays;
    }

    private void readFile(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            RelayListReader reader = new RelayListReader(in);
            for (Line line = reader.next(); line != null; line = reader.next()) {
                if (line instanceof Accepted accepted) {
                    relays.add(accepted.relay());
                } else if (line instanceof Rejected rejected) {
                    log.warn("{} line {}: {}: {}", file, rejected.number(), rejected.text(), rejected.why());
                }
            }
        } catch (IOException e) {
            throw new StartFailure("relays.files: " + file + " cannot be read", e);
        }
    }
}
