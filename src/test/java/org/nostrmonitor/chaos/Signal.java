package org.nostrmonitor.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Signals to a process of ours. */
final class Signal {
    private Signal() {}

    /** @param name without the SIG */
    static void send(String name, long pid) {
        try {
            int code = new ProcessBuilder("kill", "-" + name, "" + pid)
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IOException("could not send SIG" + name + " to " + pid);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
