package org.nostrmonitor.http;

import java.util.Locale;
import org.nostrmonitor.relay.Printable;

/**
 * A label and a message, side by side, as an image.
 *
 * @param colour of the message's ground, as CSS has it
 */
record Badge(String label, String message, String colour) {
    private static final int MARGIN = 5;
    private static final int LONGEST = 40;

    /** Of Verdana at 11 px: thin letters, wide ones, and what is not Latin, which may be as wide as it is high. */
    private static final double THIN = 3.9;

    private static final double USUAL = 6.9;
    private static final double WIDE = 9.4;
    private static final double UNKNOWN = 11;

    Badge {
        label = Printable.of(label, LONGEST);
        message = Printable.of(message, LONGEST);
    }

    /** Texts are given their width, so that another font does not run over the edge. */
    String svg() {
        int left = width(label) + 2 * MARGIN;
        int right = width(message) + 2 * MARGIN;
        String all = escaped(label + ": " + message);
        return String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"20\" role=\"img\" aria-label=\"%2$s\">"
                        + "<title>%2$s</title>"
                        + "<rect width=\"%3$d\" height=\"20\" fill=\"#444\"/>"
                        + "<rect x=\"%3$d\" width=\"%4$d\" height=\"20\" fill=\"%5$s\"/>"
                        + "<g fill=\"#fff\" font-family=\"Verdana,Geneva,DejaVu Sans,sans-serif\" font-size=\"11\">"
                        + "<text x=\"%6$d\" y=\"14\" textLength=\"%7$d\">%8$s</text>"
                        + "<text x=\"%9$d\" y=\"14\" textLength=\"%10$d\">%11$s</text></g></svg>",
                left + right,
                all,
                left,
                right,
                colour,
                MARGIN,
                width(label),
                escaped(label),
                left + MARGIN,
                width(message),
                escaped(message));
    }

    private static int width(String text) {
        return (int) Math.ceil(text.codePoints().mapToDouble(Badge::width).sum());
    }

    private static double width(int c) {
        if (c > 0x24f) {
            return UNKNOWN;
        }
        if ("ijl.,:;'|!()[] ftrI·".indexOf(c) >= 0) {
            return THIN;
        }
        return "mwMWO@%Q".indexOf(c) >= 0 ? WIDE : USUAL;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
