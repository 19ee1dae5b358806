package org.nostrmonitor.http.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a stranger wrote, in parts: text to print as it is, and characters that could change how the page around them
 * reads, told by their code point instead of being obeyed.
 */
public record Said(List<Part> parts) {
    private static final int FIRST_SCRIPT_WITH_JOINERS = 0xa9;
    private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
    private static final int ZERO_WIDTH_JOINER = 0x200d;

    public Said {
        parts = List.copyOf(parts);
    }

    /** @param code whether the text names a code point, {@code U+202E} */
    public record Part(String text, boolean code) {}

    /** Line breaks and tabs stay: where they matter, the element around them decides how they look. */
    public static Said of(String written) {
        List<Part> parts = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        int before = ' ';
        for (int i = 0; i < written.length(); i += Character.charCount(before)) {
            int c = written.codePointAt(i);
            if (isObeyed(c, before)) {
                flush(plain, parts);
                parts.add(new Part(String.format(Locale.ROOT, "U+%04X", c), true));
            } else {
                plain.appendCodePoint(c);
            }
            before = c;
        }
        flush(plain, parts);
        return new Said(parts);
    }

    /** The same on one line of plain text: for titles and attributes, where no element can stand. */
    public static String flat(String written) {
        StringBuilder out = new StringBuilder();
        of(written).parts.forEach(part -> out.append(part.text.replaceAll("\\s+", " ")));
        return out.toString().strip();
    }

    public boolean isEmpty() {
        return parts.isEmpty();
    }

    private static void flush(StringBuilder plain, List<Part> parts) {
        if (plain.length() > 0) {
            parts.add(new Part(plain.toString(), false));
            plain.setLength(0);
        }
    }

    /** Controls, bidi marks, line separators and invisible format characters; joiners only where a script needs them. */
    private static boolean isObeyed(int c, int before) {
        if (c == '\n' || c == '\t' || c == '\r') {
            return false;
        }
        if (c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER) {
            return before <= FIRST_SCRIPT_WITH_JOINERS;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
