package org.nostrmonitor.http.view;

/** A yes, a no or neither, always with its word. */
public record ResultMark(String symbol, String css, String word) {
    public static ResultMark yes(String word) {
        return new ResultMark("yes", "yes", word);
    }

    public static ResultMark no(String word) {
        return new ResultMark("no", "no", word);
    }

    public static ResultMark neither(String word) {
        return new ResultMark("na", "", word);
    }
}
