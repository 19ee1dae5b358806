package org.nostrmonitor.http.view;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A description of the contract: paragraphs between empty lines, code between backticks, addresses as links. That is all of
 * Markdown that it is written in; whatever else stands there is text.
 */
public record Prose(List<List<Piece>> paragraphs) {
    static final Prose NONE = new Prose(List.of());

    private static final Pattern BETWEEN = Pattern.compile("\\n\\s*\\n");

    /** The sign that ends a sentence is no part of an address. */
    private static final Pattern SPECIAL =
            Pattern.compile("`(?<code>[^`]+)`|(?<link>https://[^\\s<>\"'`()]*[^\\s<>\"'`().,;:?!])");

    public Prose {
        paragraphs = paragraphs.stream().map(List::copyOf).toList();
    }

    static Prose of(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return NONE;
        }
        return new Prose(
                Stream.of(BETWEEN.split(text.strip())).map(Prose::pieces).toList());
    }

    public boolean isEmpty() {
        return paragraphs.isEmpty();
    }

    private static List<Piece> pieces(String paragraph) {
        String flat = paragraph.strip().replaceAll("\\s+", " ");
        List<Piece> pieces = new ArrayList<>();
        Matcher special = SPECIAL.matcher(flat);
        int from = 0;
        while (special.find()) {
            if (special.start() > from) {
                pieces.add(Piece.text(flat.substring(from, special.start())));
            }
            String link = special.group("link");
            pieces.add(link == null ? Piece.code(special.group("code")) : Piece.link(link, link));
            from = special.end();
        }
        if (from < flat.length()) {
            pieces.add(Piece.text(flat.substring(from)));
        }
        return pieces;
    }
}
