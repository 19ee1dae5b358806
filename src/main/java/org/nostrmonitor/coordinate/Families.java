package org.nostrmonitor.coordinate;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.nostrmonitor.storage.FamilyRepository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees after each cycle which URLs lead to the same relay. Where the evidence is gone, a relay is one of its own again. */
public final class Families {
    private static final Logger LOG = LoggerFactory.getLogger(Families.class);
    private static final long TIMEOUT_MINUTES = 5;

    private final Vertx vertx;
    private final FamilyRepository repository;
    private final InstantSource clock;
    private final AtomicBoolean looking = new AtomicBoolean();

    public Families(Vertx vertx, FamilyRepository repository, InstantSource clock) {
        this.vertx = vertx;
        this.repository = repository;
        this.clock = clock;
    }

    /** Looks anew, unless it is at it. Completes with what changed; never fails. */
    public Future<Done> look() {
        if (!looking.compareAndSet(false, true)) {
            return Future.succeededFuture(Done.NOTHING);
        }
        return repository
                .members()
                .compose(members -> vertx.executeBlocking(() -> FamilyRules.aliases(members), false))
                .compose(aliases -> repository.replace(aliases, clock.instant()))
                .timeout(TIMEOUT_MINUTES, TimeUnit.MINUTES)
                .map(changed ->
                        changed == 0 ? Done.NOTHING : Done.well(changed + " relays became aliases, or none any more"))
                .onFailure(fault -> LOG.warn("Which URLs are one relay could not be seen: {}", fault.toString()))
                .otherwise(Done::failed)
                .onComplete(done -> looking.set(false));
    }
}
