package org.nostrmonitor.relay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list of relay URLs, UTF-8, one a line; blank lines and those that begin with {@code #} say nothing. In bounded
 * memory however long a line or the list is. Blocks as its stream does: not for an event loop.
 */
public final class RelayListReader {
    /** In characters; what is longer is rejected whole. */
    public static final int MAX_LINE = 4_096;

    private static final int SHOWN = 120;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Reader reader;
    private int number;
    private boolean ended;

    /** The stream remains the caller's to close. */
    public RelayListReader(InputStream in) {
        this.reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    /** What stands on a line, its number beginning with 1. */
    public sealed interface Line {
        int number();
    }

    /** A relay. */
    public record Accepted(int number, RelayUrl relay) implements Line {}

    /**
     * Not the URL of a relay.
     *
     * @param text what stands there, cut and with its control characters escaped
     * @param why the reason in words
     */
    public record Rejected(int number, String text, String why) implements Line {}

    /** The relays of a short list whose lines are all expected to be good. */
    public static List<RelayUrl> all(InputStream in) throws IOException, InvalidRelayUrl {
        RelayListReader reader = new RelayListReader(in);
        List<RelayUrl> relays = new ArrayList<>();
        for (Line line = reader.next(); line != null; line = reader.next()) {
            if (line instanceof Rejected rejected) {
                throw new InvalidRelayUrl("line " + rejected.number() + ": " + rejected.why());
            }
            relays.add(((Accepted) line).relay());
        }
        return relays;
    }

    /** The next line that says something, or null at the end. */
    public @Nullable Line next() throws IOException {
        while (!ended) {
            StringBuilder start = new StringBuilder();
            boolean whole = readLine(start);
            String text = start.toString().strip();
            if (text.startsWith("#") || (text.isEmpty() && whole)) {
                continue;
            }
            return whole
                    ? parse(text)
                    : new Rejected(number, Printable.of(text, SHOWN), "longer than " + MAX_LINE + " characters");
        }
        return null;
    }

    /** False if the line is longer than what fits: its rest is skipped. */
    private boolean readLine(StringBuilder start) throws IOException {
        number++;
        boolean whole = true;
        for (int c = reader.read(); c != '\n'; c = reader.read()) {
            if (c < 0) {
                ended = true;
                break;
            }
            boolean mark = c == BYTE_ORDER_MARK && number == 1 && start.isEmpty();
            if (start.length() == MAX_LINE) {
                whole = false;
            } else if (!mark) {
                start.append((char) c);
            }
        }
        return whole;
    }

    private Line parse(String text) {
        try {
            return new Accepted(number, RelayUrl.parse(text));
        } catch (InvalidRelayUrl e) {
            return new Rejected(number, Printable.of(text, SHOWN), e.why());
        }
    }
}
