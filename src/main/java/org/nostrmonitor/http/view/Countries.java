package org.nostrmonitor.http.view;

import java.util.Locale;

/** Countries by their English names, as the Java runtime has them. */
final class Countries {
    private Countries() {}

    /** @param code ISO 3166-1 alpha-2; one that is not known is its own name */
    static String name(String code) {
        return new Locale("", code).getDisplayCountry(Locale.ENGLISH);
    }
}
