package org.nostrmonitor.config;

import java.nio.file.Files;
import java.nio.file.Path;

/** Why a file cannot be read, in words. */
final class FileFault {
    private FileFault() {}

    /** Of a file that could not be opened. */
    static String of(Path file) {
        if (!Files.exists(file)) {
            return "there is no such file";
        }
        return Files.isDirectory(file) ? "is a directory, not a file" : "cannot be read";
    }

    /** A path that must be a readable file when the node starts. */
    static Path readable(Path file) throws Wrong {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new Wrong(Formats.quoted(file.toString()) + ": " + of(file));
        }
        return file;
    }
}
