package org.nostrmonitor.http;

import io.vertx.core.Vertx;
import java.time.InstantSource;
import org.nostrmonitor.bus.Bus;

/** A web server over made-up data with a relay behind its door, for the tests of that relay. */
public final class DemoDoor {
    private DemoDoor() {}

    public static WebServer server(Vertx vertx, Bus bus, RelayDoor door, WebLimits limits) {
        return new DemoSite(vertx, bus, DemoData.relays(), InstantSource.system(), 0, null, limits, door).server;
    }
}
