package org.nostrmonitor.relay;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** Path and query of a relay URL in canonical form (RFC 3986 §6.2.2): percent-encoding and dot segments. */
final class RequestTarget {
    private static final String UNRESERVED_MARKS = "-._~";
    private static final String KEPT = UNRESERVED_MARKS + "!$&'()*+,;=:@/?";

    private RequestTarget() {}

    /** @param tail what follows the authority, without the fragment: empty, or beginning with a slash or question mark */
    static String canonical(String tail) throws InvalidRelayUrl {
        if (tail.isEmpty() || tail.equals("/")) {
            return "/";
        }
        int question = tail.indexOf('?');
        String path = question < 0 ? tail : tail.substring(0, question);
        String query = question < 0 ? "" : tail.substring(question + 1);
        String clean = withoutDotSegments(encoded(path));
        return query.isEmpty() ? clean : clean + "?" + encoded(query);
    }

    private static String encoded(String text) throws InvalidRelayUrl {
        StringBuilder out = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            if (c == '%') {
                escape(out, octet(text, i));
                i += 3;
            } else {
                if (isAlphanumeric(c) || KEPT.indexOf(c) >= 0) {
                    out.appendCodePoint(c);
                } else if (Character.getType(c) == Character.SURROGATE) {
                    throw new InvalidRelayUrl("half a character");
                } else {
                    for (byte octet : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                        appendEscaped(out, octet & 0xff);
                    }
                }
                i += Character.charCount(c);
            }
        }
        return out.toString();
    }

    private static int octet(String text, int percent) throws InvalidRelayUrl {
        int high = percent + 2 < text.length() ? hexDigit(text.charAt(percent + 1)) : -1;
        int low = percent + 2 < text.length() ? hexDigit(text.charAt(percent + 2)) : -1;
        if (high < 0 || low < 0) {
            throw new InvalidRelayUrl("a % that no two hex digits follow");
        }
        int octet = (high << 4) | low;
        if (octet < 0x20 || octet == 0x7f) {
            throw new InvalidRelayUrl("an escaped control character");
        }
        return octet;
    }

    /** ASCII only: {@link Character#digit} would take the digits of every script. */
    private static int hexDigit(char c) {
        return c < 128 ? Character.digit(c, 16) : -1;
    }

    private static void escape(StringBuilder out, int octet) {
        if (isAlphanumeric(octet) || UNRESERVED_MARKS.indexOf(octet) >= 0) {
            out.append((char) octet);
        } else {
            appendEscaped(out, octet);
        }
    }

    private static void appendEscaped(StringBuilder out, int octet) {
        out.append(String.format(Locale.ROOT, "%%%02X", octet));
    }

    private static boolean isAlphanumeric(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    /** RFC 3986 §5.2.4. */
    private static String withoutDotSegments(String path) {
        Deque<String> kept = new ArrayDeque<>();
        String[] segments = path.split("/", -1);
        for (int i = 1; i < segments.length; i++) {
            boolean last = i == segments.length - 1;
            switch (segments[i]) {
                case "." -> {
                    if (last) {
                        kept.addLast("");
                    }
                }
                case ".." -> {
                    kept.pollLast();
                    if (last) {
                        kept.addLast("");
                    }
                }
                default -> kept.addLast(segments[i]);
            }
        }
        return "/" + String.join("/", kept);
    }
}
