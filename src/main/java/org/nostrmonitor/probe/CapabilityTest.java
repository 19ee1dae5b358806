package org.nostrmonitor.probe;

import io.vertx.core.Future;
import org.nostrmonitor.relay.Capability;

/** A test of one NIP that a relay claims, polite enough for a stranger's relay: a few messages, and nothing that is kept. */
interface CapabilityTest {
    int nip();

    /** Completes with what was found; fails only for a fault of ours. */
    Future<Capability> run();
}
