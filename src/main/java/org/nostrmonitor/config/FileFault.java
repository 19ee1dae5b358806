package org.nostrmonitor.config;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Why a file cannot be read, in words. */
final class FileFault {
    /** Before the metadata, which are at most the last 128 KiB (MaxMind DB 2.0). */
    private static final String MAX_MIND_MARKER = "\u00ab\u00cd\u00efMaxMind.com";

    private static final int MAX_METADATA = 128 * 1024;

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

    /** A readable file that looks like a MaxMind DB; whether it is whole is seen when it is read. */
    static Path maxMind(Path file) throws Wrong {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            byte[] tail = new byte[(int) Math.min(in.length(), MAX_METADATA)];
            in.seek(in.length() - tail.length);
            in.readFully(tail);
            if (new String(tail, StandardCharsets.ISO_8859_1).contains(MAX_MIND_MARKER)) {
                return file;
            }
        } catch (IOException e) {
            throw new Wrong(Formats.quoted(file.toString()) + ": cannot be read");
        }
        throw new Wrong(Formats.quoted(file.toString()) + ": is not a MaxMind DB file");
    }
}
