package org.nostrmonitor.probe;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Place;
import org.nostrmonitor.relay.Stage;
import org.nostrmonitor.relay.TlsSession;

/** Hears what a dialler does while it does it. */
interface DialLog {
    /** For a connection that nobody times. */
    DialLog NONE = new DialLog() {
        @Override
        public void dialling(InetAddress address, @Nullable Place place) {}

        @Override
        public void took(Stage stage, Timing timing) {}
    };

    /** The name was looked up: all its addresses, in the order in which they are tried first. */
    default void resolved(List<InetAddress> addresses) {}

    /** The connect to this address begins; it is there, as far as anybody knows. */
    void dialling(InetAddress address, @Nullable Place place);

    /** A handshake showed this, well or not. */
    default void secured(TlsSession session) {}

    /** A stage ended, well or not. */
    void took(Stage stage, Timing timing);

    /** A stage ended now, well or not. */
    default void took(Stage stage, long startedNanos) {
        took(stage, Timing.since(startedNanos));
    }
}
