package org.nostrmonitor.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The admin token of the tests. */
final class Tokens {
    static final String RIGHT = "a-token-of-the-tests-9f3c";

    private Tokens() {}

    /** A file with it, and an end of line as editors leave it. */
    static Path file(Path directory) throws IOException {
        return Files.writeString(directory.resolve("admin.token"), RIGHT + "\n");
    }
}
