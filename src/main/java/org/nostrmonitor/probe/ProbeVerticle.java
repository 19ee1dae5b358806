package org.nostrmonitor.probe;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.bus.Bus;
import org.nostrmonitor.bus.Messages;
import org.nostrmonitor.bus.Messages.ProbeRequest;

/** Answers probe requests on one event loop; deployed once for each. */
public final class ProbeVerticle extends VerticleBase {
    private final Bus bus;
    private final Supplier<RelayProber> probers;
    private @Nullable RelayProber prober;
    private @Nullable MessageConsumer<ProbeRequest> requests;

    /** @param probers makes this loop's prober; called on the loop */
    public ProbeVerticle(Bus bus, Supplier<RelayProber> probers) {
        this.bus = bus;
        this.probers = probers;
    }

    @Override
    public Future<?> start() {
        RelayProber ofThisLoop = probers.get();
        prober = ofThisLoop;
        requests = bus.serve(Messages.PROBE, request -> ofThisLoop.probe(request.job()));
        return requests.completion();
    }

    @Override
    public Future<?> stop() {
        RelayProber ofThisLoop = prober;
        MessageConsumer<ProbeRequest> served = requests;
        if (ofThisLoop == null || served == null) {
            return Future.succeededFuture();
        }
        return served.unregister().eventually(ofThisLoop::close);
    }
}
