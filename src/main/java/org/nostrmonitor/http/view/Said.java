package org.nostrmonitor.http.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a stranger wrote, in parts: text to print as it is, and characters that could change how the page around them
 * reads, told by their code point instead of being obeyed.
 */
public record Said(List<Part> parts) {
    private static final int MOST = 2_000;
    private static final int FIRST_SCRIPT_WITH_JOINERS = 0xa9;
    private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
    private static final int ZERO_WIDTH_JOINER = 0x200d;

    public Said {
        parts = List.copyOf(parts);
    }

    /** @param code whether the text names a code point, {@code U+202E} */
    public record Part(String text, boolean code) {}

    /**
     * At most {@value #MOST} characters of it: one that is told by its code point is forty on the page, and a page must not
     * grow to megabytes. Line breaks and tabs
     * stay: where they matter, the element around them decides how they look.
     */
    public static Said of(String written) {
        return of(written, MOST);
    }

    /** The same of a longer text. */
    static Said of(String written, int most) {
        return of(written, most, "… cut after " + Numbers.count(most) + " characters");
    }

    private static Said whole(String written) {
        List<Part> parts = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        int before = ' ';
        for (int i = 0; i < written.length(); i += Character.charCount(before)) {
            int c = written.codePointAt(i);
            if (isObeyed(c, before)) {
                flush(plain, parts);
                parts.add(new Part(name(c), true));
            } else {
                plain.appendCodePoint(c);
            }
            before = c;
        }
        flush(plain, parts);
        return new Said(parts);
    }

    /** Its beginning: at most so many characters, then {@code tail} in our words. */
    public static Said of(String written, int most, String tail) {
        if (written.length() <= most) {
            return whole(written);
        }
        int end = Character.isHighSurrogate(written.charAt(most - 1)) ? most - 1 : most;
        List<Part> parts = new ArrayList<>(whole(written.substring(0, end)).parts);
        parts.add(new Part(tail, false));
        return new Said(parts);
    }

    /** The same on one line of plain text: for titles and attributes, where no element can stand. */
    public static String flat(String written) {
        return of(written).flat();
    }

    /** All of it on one line of plain text. */
    String flat() {
        StringBuilder out = new StringBuilder();
        parts.forEach(part -> out.append(part.text.replaceAll("\\s+", " ")));
        return out.toString().strip();
    }

    public boolean isEmpty() {
        return parts.isEmpty();
    }

    /** {@code U+202E}; not by a format, which is slow where there are thousands. */
    private static String name(int c) {
        String hex = Integer.toHexString(c).toUpperCase(Locale.ROOT);
        return "U+" + "0".repeat(Math.max(0, 4 - hex.length())) + hex;
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
