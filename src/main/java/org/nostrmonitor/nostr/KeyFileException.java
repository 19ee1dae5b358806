package org.nostrmonitor.nostr;

import java.nio.file.Path;

/** A key file that cannot be used. The message is one line for the operator and names the file, never what is in it. */
public final class KeyFileException extends Exception {
    private static final long serialVersionUID = 1;

    KeyFileException(Path file, String what) {
        super("key file " + file + ": " + what);
    }

    KeyFileException(Path file, String what, Throwable cause) {
        super("key file " + file + ": " + what, cause);
    }
}
