package org.nostrmonitor.http.view;

import java.lang.Character.UnicodeScript;
import java.net.IDN;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** An internationalised host as people read it, unless it could be taken for another one. */
final class Idn {
    private static final String PREFIX = "xn--";
    private static final List<Set<UnicodeScript>> WRITTEN_TOGETHER = List.of(
            EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA),
            EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.HANGUL),
            EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.BOPOMOFO));

    private Idn() {}

    static boolean is(String host) {
        return host.startsWith(PREFIX) || host.contains("." + PREFIX);
    }

    static String decoded(String host) {
        return IDN.toUnicode(host, IDN.ALLOW_UNASSIGNED);
    }

    /** A label that mixes scripts no language writes together (UTS 39 §5.2), or that holds what cannot be seen. */
    static boolean looksLikeAnother(String host) {
        String decoded = decoded(host);
        boolean hidden = Said.of(decoded).parts().stream().anyMatch(Said.Part::code);
        return hidden || List.of(decoded.split("\\.", -1)).stream().anyMatch(Idn::mixes);
    }

    private static boolean mixes(String label) {
        Set<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
        label.codePoints().mapToObj(UnicodeScript::of).forEach(scripts::add);
        scripts.remove(UnicodeScript.COMMON);
        scripts.remove(UnicodeScript.INHERITED);
        return scripts.size() > 1 && WRITTEN_TOGETHER.stream().noneMatch(set -> set.containsAll(scripts));
    }
}
