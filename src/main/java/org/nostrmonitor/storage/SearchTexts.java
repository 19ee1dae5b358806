package org.nostrmonitor.storage;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The texts that are searched, each at a place from 0 on. Some hundred lie side by side in one string: to look through it is a
 * walk along the memory, where a hundred thousand strings would be as many leaps.
 */
final class SearchTexts {
    private static final int IN_A_PIECE = 512;

    /** In no text that is searched for. */
    private static final char END = '\0';

    private String[] texts = new String[0];
    private Piece[] pieces = new Piece[0];
    private final BitSet stale = new BitSet();

    private static final class Piece {
        private final String text;

        /** Of each text, and where the last one ends. */
        private final int[] begins;

        private Piece(String text, int[] begins) {
            this.text = text;
            this.begins = begins;
        }

        static Piece of(String[] texts, int from, int to) {
            StringBuilder text = new StringBuilder();
            int[] begins = new int[to - from + 1];
            for (int i = from; i < to; i++) {
                begins[i - from] = text.length();
                text.append(texts[i]).append(END);
            }
            begins[to - from] = text.length();
            return new Piece(text.toString(), begins);
        }

        void having(String part, int first, BitSet found) {
            int at = text.indexOf(part);
            while (at >= 0) {
                int search = Arrays.binarySearch(begins, at);
                int index = search >= 0 ? search : -search - 2;
                found.set(first + index);
                at = text.indexOf(part, begins[index + 1]);
            }
        }

        void beginning(String part, int first, BitSet found) {
            for (int i = 0; i < begins.length - 1; i++) {
                if (text.startsWith(part, begins[i])) {
                    found.set(first + i);
                }
            }
        }
    }

    /** Found after {@link #settle}. */
    void put(int place, String text) {
        if (place >= texts.length) {
            texts = Arrays.copyOf(texts, Math.max(IN_A_PIECE, place + place / 2));
        }
        String before = texts[place];
        if (before == null || !before.equals(text)) {
            texts[place] = text;
            stale.set(place / IN_A_PIECE);
        }
    }

    /** @param size all that there are from now on */
    void settle(int size) {
        int count = (size + IN_A_PIECE - 1) / IN_A_PIECE;
        if (size < texts.length) {
            Arrays.fill(texts, size, texts.length, null);
        }
        pieces = Arrays.copyOf(pieces, count);
        for (int i = 0; i < count; i++) {
            int from = i * IN_A_PIECE;
            int to = Math.min(size, from + IN_A_PIECE);
            Piece piece = pieces[i];
            if (piece == null || stale.get(i) || piece.begins.length != to - from + 1) {
                pieces[i] = Piece.of(texts, from, to);
            }
        }
        stale.clear();
    }

    /** The places of the texts that contain this, which is not empty. */
    BitSet having(String part) {
        BitSet found = new BitSet(pieces.length * IN_A_PIECE);
        for (int i = 0; i < pieces.length; i++) {
            pieces[i].having(part, i * IN_A_PIECE, found);
        }
        return found;
    }

    /** The places of the texts that begin with this. */
    BitSet beginning(String part) {
        BitSet found = new BitSet(pieces.length * IN_A_PIECE);
        for (int i = 0; i < pieces.length; i++) {
            pieces[i].beginning(part, i * IN_A_PIECE, found);
        }
        return found;
    }
}
