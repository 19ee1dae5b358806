package org.nostrmonitor.nostr;

import java.nio.file.Path;

/** A file with a secret that cannot be used. The message is one line for the operator and names the file, never what is in it. */
public final class KeyFileException extends Exception {
    private static final long serialVersionUID = 1;

    /** @param what the file is: {@code key file} */
    KeyFileException(String what, Path file, String fault) {
        super(what + " " + file + ": " + fault);
    }

    KeyFileException(String what, Path file, String fault, Throwable cause) {
        super(what + " " + file + ": " + fault, cause);
    }
}
