package org.nostrmonitor.http.view;

/** Reasons as they are recorded, without a capital or an end, made into sentences. */
final class Sentences {
    private Sentences() {}

    /** "redis was away" becomes "Redis was away."; nothing becomes nothing. */
    static String of(String reason) {
        String text = Said.flat(reason);
        if (text.isEmpty()) {
            return "";
        }
        int first = text.codePointAt(0);
        String capital = Character.toString(Character.toUpperCase(first)) + text.substring(Character.charCount(first));
        return capital.endsWith(".") ? capital : capital + ".";
    }
}
