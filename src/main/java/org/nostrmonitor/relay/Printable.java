package org.nostrmonitor.relay;

/** What a stranger wrote, made fit for one line of a terminal or a log. */
public final class Printable {
    private Printable() {}

    /**
     * The text with control, format and separator characters and lone surrogates as {@code \}{@code uXXXX}, and cut with an
     * ellipsis after {@code most} characters of it.
     */
    public static String of(String text, int most) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), most) + 8);
        int i = 0;
        while (i < text.length() && i < most) {
            int c = text.codePointAt(i);
            if (isPlain(c)) {
                line.appendCodePoint(c);
            } else {
                line.append(String.format("\\u%04X", c));
            }
            i += Character.charCount(c);
        }
        return i < text.length() ? line.append('…').toString() : line.toString();
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
