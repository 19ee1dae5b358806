package org.nostrmonitor.probe;

/** What strangers wrote, made fit to be kept: short, and without what PostgreSQL or a terminal cannot bear. */
final class Evidence {
    private static final int MAX_LENGTH = 300;
    private static final int REPLACEMENT = 0xfffd;

    private Evidence() {}

    /** At most 300 characters; control characters and lone surrogates become U+FFFD. */
    static String bounded(String text) {
        StringBuilder kept = new StringBuilder(Math.min(text.length(), MAX_LENGTH));
        int i = 0;
        while (i < text.length() && kept.length() < MAX_LENGTH - 1) {
            int c = text.codePointAt(i);
            boolean unfit = Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE;
            kept.appendCodePoint(unfit ? REPLACEMENT : c);
            i += Character.charCount(c);
        }
        return i < text.length() ? kept.append('…').toString() : kept.toString();
    }
}
