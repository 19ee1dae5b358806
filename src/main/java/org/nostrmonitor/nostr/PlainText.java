package org.nostrmonitor.nostr;

/** Text from strangers and what PostgreSQL can store of it: no NUL, and no half of a surrogate pair (not UTF-8 either). */
public final class PlainText {
    private static final char REPLACEMENT = '\uFFFD';

    private PlainText() {}

    public static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isPair(text, i)) {
                i++;
            } else if (isUnstorable(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** The text with what cannot be stored replaced by U+FFFD. */
    public static String storable(String text) {
        if (isStorable(text)) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (isPair(text, i)) {
                clean.append(text, i, i + 2);
                i++;
            } else {
                clean.append(isUnstorable(text.charAt(i)) ? REPLACEMENT : text.charAt(i));
            }
        }
        return clean.toString();
    }

    /** The same, cut to at most so many characters, never within a pair. */
    public static String storable(String text, int most) {
        if (text.length() <= most) {
            return storable(text);
        }
        int end = most > 0 && isPair(text, most - 1) ? most - 1 : most;
        return storable(text.substring(0, end));
    }

    private static boolean isPair(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1));
    }

    private static boolean isUnstorable(char c) {
        return c == 0 || Character.isSurrogate(c);
    }
}
