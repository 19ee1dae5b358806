package org.nostrmonitor.relay;

import java.lang.Character.UnicodeScript;
import java.net.IDN;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether a host could be taken for another one when it is read (UTS 39 §5.2, "highly restrictive"; §4, whole-script confusables).
 * Judged by {@link UnicodeScript}: the JDK knows no script extensions. Looks nothing up.
 */
public final class LookAlike {
    private static final String PREFIX = "xn--";

    /** What is written together in one language. */
    private static final List<Set<UnicodeScript>> WRITTEN_TOGETHER = List.of(
            EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA),
            EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.HANGUL),
            EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.BOPOMOFO));

    /** Letters with a Latin one that looks the same, after the confusables of UTS 39. */
    private static final Map<UnicodeScript, String> LIKE_LATIN = new EnumMap<>(Map.of(
            UnicodeScript.CYRILLIC, "асԁеһіјӏорԛѕԝхуъьҽпгѵѡ",
            UnicodeScript.GREEK, "αικνρυωηοτγε",
            UnicodeScript.ARMENIAN, "ագզհյոսւցօք"));

    private LookAlike() {}

    /** Whether there is punycode in it. */
    public static boolean isInternational(String host) {
        return host.startsWith(PREFIX) || host.contains("." + PREFIX);
    }

    /** The host as people write it: to stand beside the punycode, never in its place. */
    public static String inLetters(String host) {
        return IDN.toUnicode(host, IDN.ALLOW_UNASSIGNED);
    }

    /** Why a canonical host could be taken for another one, in words; null if there is nothing to say against it. */
    public static @Nullable String why(String host) {
        if (!isInternational(host)) {
            return null;
        }
        String[] labels = inLetters(host).split("\\.", -1);
        Set<UnicodeScript> ofTopLevel = scripts(labels[labels.length - 1]);
        for (String label : labels) {
            String why = whyLabel(label, ofTopLevel);
            if (why != null) {
                return why;
            }
        }
        return null;
    }

    /** Who reads a top-level domain in another script expects the rest to be in it too. */
    private static @Nullable String whyLabel(String label, Set<UnicodeScript> ofTopLevel) {
        if (label.codePoints().anyMatch(LookAlike::isInvisible)) {
            return "it has characters that cannot be seen";
        }
        Set<UnicodeScript> scripts = scripts(label);
        if (scripts.size() > 1 && WRITTEN_TOGETHER.stream().noneMatch(set -> set.containsAll(scripts))) {
            return "it mixes " + named(scripts) + " letters";
        }
        return scripts.size() == 1
                        && !scripts.equals(ofTopLevel)
                        && isAllLikeLatin(label, scripts.iterator().next())
                ? "all its letters are " + named(scripts) + " and look like Latin ones"
                : null;
    }

    private static Set<UnicodeScript> scripts(String label) {
        Set<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
        label.codePoints().mapToObj(UnicodeScript::of).forEach(scripts::add);
        scripts.remove(UnicodeScript.COMMON);
        scripts.remove(UnicodeScript.INHERITED);
        return scripts;
    }

    private static boolean isAllLikeLatin(String label, UnicodeScript script) {
        String alike = LIKE_LATIN.get(script);
        return alike != null
                && label.codePoints()
                        .filter(letter -> UnicodeScript.of(letter) == script)
                        .allMatch(letter -> alike.indexOf(letter) >= 0);
    }

    private static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }

    /** {@code Cyrillic and Latin}. */
    private static String named(Set<UnicodeScript> scripts) {
        List<String> names = new ArrayList<>();
        for (UnicodeScript script : scripts) {
            String name = script.name();
            names.add(
                    name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT).replace('_', ' '));
        }
        return names.stream().sorted().collect(Collectors.joining(" and "));
    }
}
