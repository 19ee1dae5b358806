package org.nostrmonitor.http.view;

import org.jspecify.annotations.Nullable;

/**
 * A stretch of text of our own: plain, code, or a link.
 *
 * @param href within this page, or of another site; null for what is no link
 */
public record Piece(String text, boolean code, @Nullable String href) {
    static Piece text(String text) {
        return new Piece(text, false, null);
    }

    static Piece code(String text) {
        return new Piece(text, true, null);
    }

    static Piece link(String text, String href) {
        return new Piece(text, false, href);
    }

    public boolean leadsAway() {
        return href != null && !href.startsWith("#");
    }
}
