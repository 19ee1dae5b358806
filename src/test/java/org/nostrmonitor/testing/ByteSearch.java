package org.nostrmonitor.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks for some sequences of bytes, each under a name, in files of any size: in one pass over each. */
public final class ByteSearch {
    private static final int CHUNK = 1 << 20;

    private final List<String> names = new ArrayList<>();
    private final List<byte[]> wanted = new ArrayList<>();
    private int longest = 1;

    public ByteSearch wanting(String name, byte[] bytes) {
        names.add(name);
        wanted.add(bytes.clone());
        longest = Math.max(longest, bytes.length);
        return this;
    }

    /** A text as Java keeps it and as files have it: a byte or two a character, in either order. */
    public ByteSearch wanting(String name, String text) {
        return wanting(name, text.getBytes(StandardCharsets.US_ASCII))
                .wanting(name, inner(text.getBytes(StandardCharsets.UTF_16BE)));
    }

    /** Less the zero that it begins with in one order, and ends with in the other. */
    private static byte[] inner(byte[] bytes) {
        return Arrays.copyOfRange(bytes, 1, bytes.length);
    }

    /** How often each was found, by its name; 0 for what was not. */
    public Map<String, Integer> in(Path file) throws IOException {
        Map<String, Integer> found = new LinkedHashMap<>();
        names.forEach(name -> found.put(name, 0));
        byte[] window = new byte[CHUNK + longest];
        try (InputStream in = Files.newInputStream(file)) {
            int kept = 0;
            boolean more = true;
            while (more) {
                int read = in.readNBytes(window, kept, CHUNK);
                more = read == CHUNK;
                int length = kept + read;
                // What begins in the last bytes may go on in the next chunk: it is looked for there.
                int starts = more ? length - longest + 1 : length;
                search(window, length, starts, found);
                kept = length - starts;
                System.arraycopy(window, starts, window, 0, kept);
            }
        }
        return found;
    }

    private void search(byte[] window, int length, int starts, Map<String, Integer> found) {
        boolean[] begins = new boolean[256];
        wanted.forEach(bytes -> begins[bytes[0] & 0xff] = true);
        for (int at = 0; at < starts; at++) {
            if (begins[window[at] & 0xff]) {
                count(window, at, length, found);
            }
        }
    }

    private void count(byte[] window, int at, int length, Map<String, Integer> found) {
        for (int i = 0; i < wanted.size(); i++) {
            byte[] bytes = wanted.get(i);
            if (at + bytes.length <= length && Arrays.equals(window, at, at + bytes.length, bytes, 0, bytes.length)) {
                found.merge(names.get(i), 1, Integer::sum);
            }
        }
    }
}
