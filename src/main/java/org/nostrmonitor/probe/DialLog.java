package org.nostrmonitor.probe;

import java.net.InetAddress;
import org.nostrmonitor.relay.Stage;

/** Hears what a dialler does while it does it. */
interface DialLog {
    /** For a connection that nobody times. */
    DialLog NONE = new DialLog() {
        @Override
        public void dialling(InetAddress address) {}

        @Override
        public void took(Stage stage, Timing timing) {}
    };

    /** The connect to this address begins. */
    void dialling(InetAddress address);

    /** A stage ended, well or not. */
    void took(Stage stage, Timing timing);

    /** A stage ended now, well or not. */
    default void took(Stage stage, long startedNanos) {
        took(stage, Timing.since(startedNanos));
    }
}
