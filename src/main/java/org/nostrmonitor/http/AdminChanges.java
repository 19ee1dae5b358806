package org.nostrmonitor.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.bus.Messages;
import org.nostrmonitor.bus.Messages.CycleRequest;
import org.nostrmonitor.bus.Messages.CycleRequested;
import org.nostrmonitor.relay.InvalidRelayUrl;
import org.nostrmonitor.relay.Printable;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.Administration.Change;
import org.nostrmonitor.storage.Administration.Listing;
import org.nostrmonitor.storage.RelayRepository.Added;

/** What an administrator changes of relays, cycles and settings. */
final class AdminChanges {
    /** Of several schedulers any may answer, and only one leads. */
    private static final int MOST_ASKED = 8;

    private static final int LONGEST_SHOWN = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Sources sources;
    private final Audit audit;

    AdminChanges(Sources sources, Audit audit) {
        this.sources = sources;
        this.audit = audit;
    }

    /** @param rejected what is no relay's URL, with the reason */
    record Adding(Added added, Map<String, String> rejected) {}

    /** Adds relays by the rules of {@code import}. An address that is private is found out, and refused, when it is probed. */
    Future<Adding> add(List<String> urls, String from) {
        List<RelayUrl> relays = new ArrayList<>();
        Map<String, String> rejected = new LinkedHashMap<>();
        for (String url : urls) {
            try {
                relays.add(RelayUrl.parse(url));
            } catch (InvalidRelayUrl e) {
                rejected.put(Printable.of(url, LONGEST_SHOWN), e.why());
            }
        }
        String which = relays.size() == 1 ? relays.get(0).value() : relays.size() + " relays";
        return audit.of(
                from,
                "add",
                which,
                Within.postgres("the list of relays", sources.administration().add(relays))
                        .map(added -> new Adding(added, rejected)),
                adding -> adding.added.added() + " added, " + adding.added.known() + " known, " + rejected.size()
                        + " rejected");
    }

    /** Fails with {@link Unknown}, or {@link Conflict} if it opted out and is to be enabled. */
    Future<Listing> change(RelayUrl relay, Change change, String from) {
        return audit.of(
                from,
                "change",
                relay.value(),
                known(relay)
                        .compose(known -> Within.postgres(
                                        "the relay", sources.administration().change(relay, change))
                                .compose(AdminChanges::listed)),
                AdminChanges::words);
    }

    private Future<Void> known(RelayUrl relay) {
        return Within.postgres("the relay", sources.views().relay(relay))
                .compose(detail ->
                        detail == null ? Future.failedFuture(Unknown.relay(relay)) : Future.succeededFuture());
    }

    private static Future<Listing> listed(@Nullable Listing listing) {
        return listing == null
                ? Future.failedFuture(new Conflict(
                        "Its operator does not want it to be watched: it cannot be enabled while it is opted out."))
                : Future.succeededFuture(listing);
    }

    private static String words(Listing listing) {
        return (listing.enabled() ? "enabled" : "disabled")
                + (listing.first() ? ", first" : "")
                + (listing.optedOutAt() == null ? "" : ", opted out");
    }

    /** Fails with {@link Unknown}. */
    Future<Void> delete(RelayUrl relay, String from) {
        return audit.of(
                from,
                "delete",
                relay.value(),
                Within.postgres("the relay", sources.administration().delete(relay))
                        .<Void>compose(deleted ->
                                deleted ? Future.succeededFuture() : Future.failedFuture(Unknown.relay(relay))),
                done -> "deleted with its results");
    }

    /** Begins cycles now. Fails with {@link Conflict} if none can be begun, {@link Unavailable} if no scheduler answers. */
    Future<CycleRequested> beginCycles(@Nullable String region, String from) {
        return audit.of(
                from,
                "begin a cycle",
                region == null ? "all regions" : region,
                ask(new CycleRequest(region), MOST_ASKED).compose(answer -> begun(answer, region)),
                answer -> answer.begun().size() + " begun, " + answer.running().size() + " still running");
    }

    private Future<CycleRequested> ask(CycleRequest request, int left) {
        return sources.bus()
                .request(Messages.CYCLE_REQUESTED, request, PATIENCE)
                .recover(failure -> Future.failedFuture(
                        new Unavailable("No scheduler answers, so nobody can begin a cycle.", failure)))
                .compose(answer -> {
                    if (answer.leads()) {
                        return Future.succeededFuture(answer);
                    }
                    return left > 1
                            ? ask(request, left - 1)
                            : Future.failedFuture(new Unavailable(
                                    "No scheduler leads now: try again in a few seconds.",
                                    new IllegalStateException("none leads")));
                });
    }

    private static Future<CycleRequested> begun(CycleRequested answer, @Nullable String region) {
        if (!answer.begun().isEmpty() || !answer.running().isEmpty()) {
            return Future.succeededFuture(answer);
        }
        return Future.failedFuture(new Conflict(
                region == null
                        ? "No region has a worker, so there is nobody to make the checks."
                        : "No worker is seen in " + region + ", so there is nobody to make the checks."));
    }

    Future<JsonObject> settings() {
        return Within.postgres("the settings", sources.administration().settings());
    }

    /** Fails with {@code RefusedSettings}. */
    Future<JsonObject> changeSettings(JsonObject changes, String from) {
        return audit.of(
                from,
                "change settings",
                String.join(", ", changes.fieldNames()),
                Within.postgres("the settings", sources.administration().changeSettings(changes)),
                done -> Printable.of(changes.encode(), LONGEST_SHOWN));
    }
}
